import { parseResponse } from '@zhimaper/alipay-core';
import { ratio, type BenchCase } from '../bench-case.js';
import { repeating } from '../measure/local.js';
import { measure } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';
import { METHOD } from '../peers/example-call.js';
import { makeAnswer, makeKeys } from '../peers/static-answer.js';

const SIZES = { '1 KB': 1_024, '100 KB': 102_400, '1 MB': 1_048_576, '5 MB': 5_242_880 };

/**
 * The scanner, which finds the signed bytes and parses them in one pass, beside `JSON.parse`, which is native and
 * finds nothing.
 */
export const scannerCase: BenchCase = {
  name: 'scanner',
  title: 'scanning an answer beside JSON.parse',
  run: async (effort) => {
    const { privateKey } = makeKeys().alipay;
    const contenders = Object.entries(SIZES).flatMap(([size, bytes]) => {
      const { body } = makeAnswer(privateKey, bytes);
      return [
        repeating(`parseResponse, ${size}`, () => parseResponse(body, { method: METHOD })),
        repeating(`JSON.parse, ${size}`, () => JSON.parse(body.toString('utf8'))),
      ];
    });
    const measurements = await measure(contenders, effort);
    const figures = Object.keys(SIZES).map((size, index) =>
      ratio(
        `CPU of the scanner / JSON.parse at ${size}`,
        pairedRatio(
          measurements[index * 2]?.cpuMicroseconds ?? [],
          measurements[index * 2 + 1]?.cpuMicroseconds ?? [],
        ),
      ),
    );
    return { measurements, figures };
  },
};
