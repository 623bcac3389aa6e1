/** What needs a real browser or a foreign server. A missing one is a failure here, not a skip. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts', '<rootDir>/tests/real/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // For machines that do much else meanwhile: nothing here waits for it when all is well.
  testTimeout: 300_000,
  maxWorkers: 1,
  // In this one process, however much it holds.
  workerIdleMemoryLimit: undefined,
};
