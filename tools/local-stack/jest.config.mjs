import { jestProject } from '../../jest.preset.mjs';

export default jestProject('local-stack', import.meta.dirname);
