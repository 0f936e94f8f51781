/** @type {import('jest').Config} */
export default {
  projects: ['<rootDir>/libs/*', '<rootDir>/tools/*', '<rootDir>/apps/*'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
