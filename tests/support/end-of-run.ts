/** Jest's `globalTeardown`. */
export { endRun as default } from './test-run';
