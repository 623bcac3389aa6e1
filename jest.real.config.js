/** What needs a real browser or a foreign server. A missing one is a failure here, not a skip. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts', '<rootDir>/tests/real/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
