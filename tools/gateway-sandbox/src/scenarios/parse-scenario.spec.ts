import { describe, expect, it } from '@jest/globals';

import { InvalidInputError } from '../input/members.js';
import { parseScenario } from './parse-scenario.js';

describe('parseScenario', () => {
  it('takes every member', () => {
    const scenario = {
      match: { method: 'm', certNo: '1', mobile: '2' },
      times: 2,
      then: {
        subCode: 'NO_USER_ERROR',
        code: '40004',
        subMsg: 'text',
        errorResponse: true,
        delayMs: 0,
        slowBody: 600_000,
        charset: 'GBK',
        tamper: true,
        escapeSlashes: true,
        signFirst: true,
        numbersAsText: true,
      },
    };
    expect(parseScenario(scenario)).toEqual(scenario);
  });

  it.each([
    [null, 'The scenario is not an object.'],
    [[], 'The scenario is not an object.'],
    [{}, '"then" is not an object.'],
    [{ then: {} }, '"then" is empty.'],
    [{ then: { reset: true } }, '"then" has an unknown member "reset".'],
    [{ then: { tamper: true }, time: 1 }, 'The scenario has an unknown member "time".'],
    [
      { then: { tamper: true }, times: 0 },
      'The scenario: "times" has to be a whole number from 1.',
    ],
    [{ then: { tamper: true }, match: { name: 'x' } }, '"match" has an unknown member "name".'],
    [{ then: { tamper: true }, match: { mobile: 1 } }, '"match": "mobile" has to be a text.'],
    [{ then: { tamper: false } }, '"then": "tamper" has to be true.'],
    [{ then: { code: '10000' } }, '"then": "code" has to be five digits as a text, not 10000.'],
    [{ then: { code: 40004 } }, '"then": "code" has to be five digits as a text, not 10000.'],
    [
      { then: { delayMs: -1 } },
      '"then": "delayMs" has to be a whole number of milliseconds, 0 to 600000.',
    ],
    [{ then: { truncate: 1.5 } }, '"then": "truncate" has to be true or a whole number of bytes.'],
    [{ then: { status: 199 } }, '"then": "status" has to be an HTTP status, 200 to 599.'],
    [{ then: { html: 1 } }, '"then": "html" has to be a text.'],
    [{ then: { charset: 'x' } }, '"then": "charset" has to be utf-8, gbk, gb2312 or gb18030.'],
    [{ then: { truncate: true, status: 502 } }, '"then" takes only one of truncate, status.'],
    [{ then: { resetAfter: true, html: '' } }, '"then" takes only one of resetAfter, html.'],
    [{ then: { unsigned: true, tamper: true } }, '"then" takes only one of unsigned, tamper.'],
    [{ then: { subMsg: 'x' } }, '"then" has subMsg or errorResponse, but no subCode or code.'],
  ])('refuses %j', (input, message) => {
    expect(() => parseScenario(input)).toThrow(new InvalidInputError(message));
  });

  it('takes a proxy page with its status', () => {
    const scenario = { then: { status: 502, html: '<html></html>' } };
    expect(parseScenario(scenario)).toEqual(scenario);
  });
});
