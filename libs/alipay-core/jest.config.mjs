import { jestProject } from '../../jest.preset.mjs';

export default jestProject('alipay-core', import.meta.dirname);
