import {
  assembleRequest,
  buildStringToSign,
  prepareRequest,
  type GatewayIdentity,
} from '@zhimaper/alipay-core';
import { ratio, type BenchCase } from '../bench-case.js';
import { repeating } from '../measure/local.js';
import { measure } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';
import { APP_ID, BIZ_CONTENT, METHOD } from '../peers/example-call.js';

const AT = new Date('2026-01-01T00:00:00Z');
const CALL = { method: METHOD, bizContent: BIZ_CONTENT };
const SIGN = 'A'.repeat(344);

function identity(charset: GatewayIdentity['charset']): GatewayIdentity {
  return { appId: APP_ID, signType: 'RSA2', charset };
}

/** The string to sign, beside the shortest code that writes one without any check. */
export const stringToSignCase: BenchCase = {
  name: 'string-to-sign',
  title: 'string to sign',
  run: async (effort) => {
    const { parameters } = prepareRequest(CALL, identity('utf-8'), AT);
    const measurements = await measure(
      [
        repeating('buildStringToSign', () => buildStringToSign(parameters)),
        repeating('sort, map, join', () =>
          Object.entries(parameters)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, value]) => `${name}=${value}`)
            .join('&'),
        ),
      ],
      effort,
    );
    const [ours, plain] = measurements.map(({ cpuMicroseconds }) => cpuMicroseconds);
    return {
      measurements,
      figures: [
        ratio('CPU of buildStringToSign / sort, map, join', pairedRatio(ours ?? [], plain ?? [])),
      ],
    };
  },
};

/** The URL and the form of a signed request, beside `URLSearchParams`, which knows UTF-8 alone. */
export const formEncodingCase: BenchCase = {
  name: 'form-encoding',
  title: 'URL and form of a request',
  run: async (effort) => {
    const utf8 = prepareRequest(CALL, identity('utf-8'), AT);
    const gbk = prepareRequest(CALL, identity('gbk'), AT);
    const assemble = (request: typeof utf8) =>
      assembleRequest(request, SIGN, 'https://gateway.invalid/gateway.do');
    const entries = Object.entries({ ...utf8.parameters, sign: SIGN });
    const measurements = await measure(
      [
        repeating('assembleRequest, utf-8', () => assemble(utf8)),
        repeating('assembleRequest, gbk', () => assemble(gbk)),
        repeating('URLSearchParams', () => new URLSearchParams(entries).toString()),
      ],
      effort,
    );
    const [ours, ofGbk, platform] = measurements.map(({ cpuMicroseconds }) => cpuMicroseconds);
    return {
      measurements,
      figures: [
        ratio('CPU of utf-8 / URLSearchParams', pairedRatio(ours ?? [], platform ?? [])),
        ratio('CPU of gbk / utf-8', pairedRatio(ofGbk ?? [], ours ?? [])),
      ],
    };
  },
};
