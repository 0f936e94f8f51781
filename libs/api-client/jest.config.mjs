import { jestProject } from '../../jest.preset.mjs';

export default jestProject('api-client', import.meta.dirname);
