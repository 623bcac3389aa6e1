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
  setupFiles: ['<rootDir>/tests/support/fuzz-seed.ts'],
  testTimeout: 20_000,
  // Jest leaves one core idle by default, which on two is half of the machine.
  maxWorkers: '100%',
};
