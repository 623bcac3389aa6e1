/** Jest runs TypeScript through SWC; types are checked by `tsc` alone. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/tests/browser/', '<rootDir>/tests/real/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.foyer/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  globalSetup: '<rootDir>/tests/support/test-run.ts',
  globalTeardown: '<rootDir>/tests/support/end-of-run.ts',
  setupFiles: ['<rootDir>/tests/support/fuzz-seed.ts'],
  // For machines that do much else meanwhile: nothing here waits for it when all is well.
  testTimeout: 60_000,
  // Jest leaves one core idle by default, which on two is half of the machine.
  maxWorkers: '100%',
  // What a hundred files leave behind in a worker makes the last ones several times as slow.
  workerIdleMemoryLimit: '700MB',
};
