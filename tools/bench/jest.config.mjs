import { jestProject } from '../../jest.preset.mjs';

export default jestProject('bench', import.meta.dirname);
