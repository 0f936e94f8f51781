import { describe, expect, it } from '@jest/globals';

import { InvalidInputError } from '../input/members.js';
import { parseNotification } from './notification.js';

const url = 'http://127.0.0.1:8080/notify';
const HERE = 'The notification: "url" has to be an http address on 127.0.0.1, localhost or [::1].';

describe('parseNotification', () => {
  it('takes every member', () => {
    const notification = {
      url,
      version: 'V1',
      charset: 'GBK',
      signType: 'RSA',
      params: { a: '1', empty: '' },
      certificate: true,
      tamper: true,
      timeoutMs: 60_000,
    };
    expect(parseNotification(notification)).toEqual(notification);
  });

  it.each(['http://localhost/', 'http://[::1]:1/x?y=1'])('takes the address %s', (address) => {
    expect(parseNotification({ url: address, version: 'V2' }).url).toBe(address);
  });

  it.each([
    [null, 'The notification is not an object.'],
    [{ version: 'V1' }, HERE],
    [{ url: 'http://example.com/', version: 'V1' }, HERE],
    [{ url: 'http://127.0.0.1.example.com/', version: 'V1' }, HERE],
    [{ url: 'http://127.0.0.1@example.com/', version: 'V1' }, HERE],
    [{ url: 'https://127.0.0.1/', version: 'V1' }, HERE],
    [{ url: 'file:///etc/passwd', version: 'V1' }, HERE],
    [{ url: '/notify', version: 'V1' }, HERE],
    [{ url }, 'The notification: "version" has to be V1 or V2.'],
    [{ url, version: 'V3' }, 'The notification: "version" has to be V1 or V2.'],
    [
      { url, version: 'V1', charset: 'latin1' },
      'The notification: "charset" has to be utf-8, gbk, gb2312 or gb18030.',
    ],
    [
      { url, version: 'V1', signType: 'DSA' },
      'The notification: "signType" has to be RSA or RSA2.',
    ],
    [
      { url, version: 'V1', params: { a: 1 } },
      'The notification: "params" has to be an object of texts, without sign.',
    ],
    [
      { url, version: 'V1', params: { sign: 'x' } },
      'The notification: "params" has to be an object of texts, without sign.',
    ],
    [
      { url, version: 'V1', timeoutMs: 0 },
      'The notification: "timeoutMs" has to be a whole number of milliseconds, 1 to 60000.',
    ],
    [
      { url, version: 'V1', tamper: true, wrongKey: true },
      'The notification takes only one of tamper, wrongKey.',
    ],
    [{ url, version: 'V1', retry: 1 }, 'The notification has an unknown member "retry".'],
  ])('refuses %j', (input, message) => {
    expect(() => parseNotification(input)).toThrow(new InvalidInputError(message));
  });
});
