import { jestProject } from '../../jest.preset.mjs';

export default jestProject('api', import.meta.dirname, {
  globalSetup: '<rootDir>/test/support/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/support/stop-postgres.mjs',
});
