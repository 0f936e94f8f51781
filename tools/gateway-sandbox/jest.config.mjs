import { jestProject } from '../../jest.preset.mjs';

export default jestProject('gateway-sandbox', import.meta.dirname);
