import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { withMaskedViews } from './masked-views.js';

const TOKEN = '20120823ac6ffaa4d2d84e7384bf983531473993';

/** What a template literal or a concatenation shows of a value. */
const asText = (value: unknown) => String(value);

describe('withMaskedViews', () => {
  const result = { accessToken: TOKEN, code: '10000' };
  const masked = withMaskedViews(result, { accessToken: '[redacted]', code: '10000' });

  it('is the same object, its properties readable', () => {
    expect(masked).toBe(result);
    expect(masked.accessToken).toBe(TOKEN);
    expect(Object.keys(masked)).toEqual(['accessToken', 'code']);
  });

  it('shows only the masked view, also inside other objects', () => {
    expect(inspect(masked)).toBe("{ accessToken: '[redacted]', code: '10000' }");
    expect(inspect({ list: [masked] }, { depth: 9 })).toBe(
      "{ list: [ { accessToken: '[redacted]', code: '10000' } ] }",
    );
    expect(JSON.stringify({ masked })).toBe(
      '{"masked":{"accessToken":"[redacted]","code":"10000"}}',
    );
    expect(asText(masked)).toBe('{"accessToken":"[redacted]","code":"10000"}');
    expect(asText([masked])).toBe(asText(masked));
  });

  it('makes the view when it is needed', () => {
    let views = 0;
    const counted = withMaskedViews({ TOKEN }, () => ({ view: ++views }));
    expect(views).toBe(0);
    expect(asText(counted)).toBe('{"view":1}');
    expect(JSON.stringify(counted)).toBe('{"view":2}');
  });

  it('masks an error, which stays one', () => {
    const error = withMaskedViews(new Error(`refused ${TOKEN}`), { message: 'refused' });
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error)).toBe("{ message: 'refused' }");
    expect(String(error)).toBe('{"message":"refused"}');
  });

  it('can be given a new view', () => {
    withMaskedViews(masked, { note: 'again' });
    expect(asText(masked)).toBe('{"note":"again"}');
  });
});
