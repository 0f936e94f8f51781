import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeBizContent, type BizContent } from './biz-content.js';
import { JsonReader } from './response-json.js';

const write = (content: object, snakeCase = false) =>
  writeBizContent(content as BizContent, snakeCase);

describe('writeBizContent', () => {
  it('writes whole numbers of any size digit by digit', () => {
    expect(write({ id: 20880000000000000001n, list: [-9007199254740993n], small: 1 })).toBe(
      '{"id":20880000000000000001,"list":[-9007199254740993],"small":1}',
    );
  });

  it('gives numbers beyond 2^53 back as text, digit by digit', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), (id) => {
        const bytes = Buffer.from(write({ id }));
        const isSafe = id >= -9007199254740991n && id <= 9007199254740991n;
        expect(new JsonReader(bytes, 'utf-8', 4).readValue()).toEqual({
          id: isSafe ? Number(id) : id.toString(),
        });
      }),
    );
  });

  it('writes what JSON.stringify writes, where that can', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        expect(write(content)).toBe(JSON.stringify(content));
      }),
    );
    expect(write({ at: new Date(0), list: [undefined], none: undefined })).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","list":[null]}',
    );
  });

  it.each([NaN, Infinity, -Infinity])('refuses %p instead of sending null', (number) => {
    expect(() => write({ list: [number] })).toThrow(
      new TypeError('bizContent holds a number that is not finite.'),
    );
  });

  it('refuses a structure that contains itself', () => {
    const content: Record<string, unknown> = {};
    content['self'] = [content];
    expect(() => write(content)).toThrow(new TypeError('bizContent is deeper than 512 levels.'));
    expect(() => write(content, true)).toThrow(TypeError);
  });

  it('writes names as they are where nothing else is asked', () => {
    expect(write({ outTradeNo: { userId: 1 } })).toBe('{"outTradeNo":{"userId":1}}');
  });
});

describe('writeBizContent in snake_case', () => {
  it('changes names alone, however deep, in lists too', () => {
    const content = {
      outTradeNo: 'camelCase',
      goodsDetail: [{ goodsId: 'aB', subList: [[{ unitPrice: 1n }]] }, 'goodsName', null],
      subject: { bodyText: 'x' },
    };
    expect(write(content, true)).toBe(
      '{"out_trade_no":"camelCase","goods_detail":[{"goods_id":"aB","sub_list":[[{"unit_price":1}]]},' +
        '"goodsName",null],"subject":{"body_text":"x"}}',
    );
  });

  it('changes nothing below a name that was written in snake_case', () => {
    const content = {
      extend_params: { sysId: [{ innerName: 1 }] },
      royaltyInfo: { a_b: { cD: 1 } },
    };
    expect(write(content, true)).toBe(
      '{"extend_params":{"sysId":[{"innerName":1}]},"royalty_info":{"a_b":{"cD":1}}}',
    );
  });

  it('never looks into a text', () => {
    expect(write({ bizText: '{"innerName":1}' }, true)).toBe('{"biz_text":"{\\"innerName\\":1}"}');
  });

  it('refuses names that would become one', () => {
    expect(() => write({ a: [{ outNo: 1, out_no: 2 }] }, true)).toThrow(
      new TypeError('bizContent holds out_no twice, in camelCase and in snake_case.'),
    );
  });

  it('takes __proto__ for a name like any other', () => {
    const content = JSON.parse('{"__proto__":{"aB":1},"constructor":1}') as object;
    expect(write(content, true)).toBe('{"__proto__":{"aB":1},"constructor":1}');
    expect(write(content)).toBe('{"__proto__":{"aB":1},"constructor":1}');
    expect(Reflect.get({}, 'aB')).toBeUndefined();
  });
});
