import { jestProject } from '../../jest.preset.mjs';

export default jestProject('api', import.meta.dirname);
