import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { AlipayInputError } from '../errors/alipay-error.js';
import {
  checkZhimaAuthorizationInput,
  zhimaAuthorizationInputSchema,
  type ZhimaAuthorizationCheckOptions,
} from './zhima-authorization-input.js';

const person = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011316',
  name: '张三',
  mobile: '13588111111',
} as const;

function codes(value: unknown, options?: ZhimaAuthorizationCheckOptions): string[] {
  try {
    checkZhimaAuthorizationInput(value, options);
  } catch (error) {
    if (error instanceof AlipayInputError) {
      return error.issues.map((issue) => `${issue.field} ${issue.code}`);
    }
    throw error;
  }
  return [];
}

function warnings(value: object): string[] {
  const checked = checkZhimaAuthorizationInput({ ...person, ...value });
  return checked.warnings.map((warning) => warning.code);
}

describe('checkZhimaAuthorizationInput', () => {
  it('takes a person as given', () => {
    expect(checkZhimaAuthorizationInput(person)).toEqual({ input: person, warnings: [] });
  });

  it.each([
    ['certNo', 'CERT_NO_IS_NULL'],
    ['certType', 'CERT_TYPE_IS_NULL'],
    ['name', 'NAME_IS_NULL'],
    ['mobile', 'MOBILE_IS_NULL'],
  ])('refuses a missing, null, empty or blank %s with %s', (field, code) => {
    const { [field as 'name']: _removed, ...rest } = person;
    expect(codes(rest)).toEqual([`${field} ${code}`]);
    expect(codes({ ...person, [field]: null })).toEqual([`${field} ${code}`]);
    expect(codes({ ...person, [field]: '' })).toEqual([`${field} ${code}`]);
  });

  it('calls a blank name missing', () => {
    expect(codes({ ...person, name: ' \t　' })).toEqual(['name NAME_IS_NULL']);
  });

  it('reports every fault at once', () => {
    expect(codes({ certType: 'PASSPORT', name: '', mobile: 7, extra: 1 })).toEqual([
      'certType CERT_TYPE_INVALID',
      'certNo CERT_NO_IS_NULL',
      'name NAME_IS_NULL',
      'mobile MOBILE_INVALID',
      'extra UNKNOWN_FIELD',
    ]);
    expect(codes('a text')).toEqual(['input INPUT_INVALID']);
  });

  it.each([
    ['certNo', 32, 'CERT_NO_TOO_LONG'],
    ['name', 16, 'NAME_TOO_LONG'],
    ['mobile', 16, 'MOBILE_TOO_LONG'],
    ['linkedMerchantId', 16, 'LINKED_MERCHANT_ID_TOO_LONG'],
  ])('counts %s in code points, at most %d', (field, limit, code) => {
    const astral = '𠮷';
    expect(codes({ ...person, [field]: astral.repeat(limit) })).toEqual([]);
    expect(codes({ ...person, [field]: astral.repeat(limit + 1) })).toEqual([`${field} ${code}`]);
  });

  it('sends a long name only where that is asked for', () => {
    const name = '阿卜杜热合曼·阿卜杜热合曼·买买提';
    expect(Array.from(name)).toHaveLength(17);
    expect(codes({ ...person, name })).toEqual(['name NAME_TOO_LONG']);
    expect(
      checkZhimaAuthorizationInput({ ...person, name }, { allowLongName: true }).input.name,
    ).toBe(name);
  });

  it("warns of the document's own example, whose check digit should be 6", () => {
    expect(warnings({ certNo: '330701199901011311' })).toEqual(['CERT_NO_CHECK_DIGIT']);
    expect(warnings({ certNo: '330701199901011316' })).toEqual([]);
  });

  it.each([
    ['11010519491231002X', []],
    ['110105491231002', []],
    ['110105194912310021', ['CERT_NO_CHECK_DIGIT']],
    ['A1234567', ['CERT_NO_SHAPE']],
  ])('checks the ID number %s', (certNo, expected) => {
    expect(warnings({ certNo })).toEqual(expected);
  });

  it('writes a final x as X', () => {
    const { input } = checkZhimaAuthorizationInput({ ...person, certNo: '11010519491231002x' });
    expect(input.certNo).toBe('11010519491231002X');
  });

  it.each([
    ['13588111111', []],
    ['12588111111', ['MOBILE_SHAPE']],
    ['+8613588111111', ['MOBILE_SHAPE']],
  ])('checks the mobile %s', (mobile, expected) => {
    expect(warnings({ mobile })).toEqual(expected);
  });

  it('refuses what is unlikely when strict', () => {
    const unlikely = { ...person, certNo: '330701199901011311', mobile: '555' };
    expect(codes(unlikely, { strict: true })).toEqual([
      'certNo CERT_NO_CHECK_DIGIT',
      'mobile MOBILE_SHAPE',
    ]);
  });

  it('shows no value in its message', () => {
    const value = { ...person, name: '欧阳'.repeat(9), mobile: '1'.repeat(17) };
    expect(() => checkZhimaAuthorizationInput(value)).toThrow(
      'The input was refused before sending: ' +
        "name: is longer than the interface's limit of 16 characters (NAME_TOO_LONG); " +
        "mobile: is longer than the interface's limit of 16 characters (MOBILE_TOO_LONG)",
    );
  });

  it('becomes JSON Schema with the limits', () => {
    const schema = z.toJSONSchema(zhimaAuthorizationInputSchema, { target: 'draft-2020-12' });
    expect(schema.required).toEqual(['certType', 'certNo', 'name', 'mobile']);
    expect(schema.properties?.['name']).toMatchObject({
      type: 'string',
      minLength: 1,
      maxLength: 16,
    });
  });
});
