import type { Charset } from '../charset/index.js';
import type { NotificationField } from '../notify/notification-form.js';
import type { NotificationVersion } from '../notify/index.js';
import { charsetVariants, TEXT_VARIANTS } from './content-variants.js';
import type { Stage } from './search.js';
import { percentDecode } from './text-escapes.js';
import type { VerificationCauseCode } from './verification-causes.js';

/** A parameter's name and value, each byte a character. */
type Field = readonly [name: string, value: string];

export interface FormCandidate {
  fields: readonly Field[];
  /** The same as they stood in the raw body, percent-encoded; null where there is no raw body. */
  encoded: readonly Field[] | null;
}

type FormStage = Stage<FormCandidate, VerificationCauseCode>;

export function formCandidate(
  fields: Iterable<NotificationField>,
  rawBody: string | null,
): FormCandidate {
  return {
    fields: Array.from(fields, ({ nameBytes, valueBytes }) => [nameBytes, valueBytes] as const),
    encoded:
      rawBody === null
        ? null
        : rawBody.split('&').map((entry) => {
            const equals = (entry.includes('=') ? entry : `${entry}=`).indexOf('=');
            return [entry.slice(0, equals), entry.slice(equals + 1)] as const;
          }),
  };
}

/** How a form may be read otherwise, from the bytes to the string to sign. */
export function formStages(charset: Charset, version: NotificationVersion | 'auto'): FormStage[] {
  return [
    [
      rule,
      onValues('plus-not-decoded', (value) => value.replaceAll('+', ' ')),
      onValues('not-decoded', (value) => percentDecode(value.replaceAll('+', ' '))),
      onValues('not-decoded', percentDecode),
      onValues('decoded-twice', (value) => value.replaceAll('%', '%25')),
      onValues('plus-as-space', (value) => value.replaceAll(' ', '+')),
      {
        code: 'signed-while-encoded',
        apply: ({ encoded }) => encoded && { fields: encoded, encoded },
      },
    ],
    [rule, ...charsetVariants(charset).map((rewrite) => onValues('charset', rewrite))],
    [rule, ...TEXT_VARIANTS.map(({ code, apply }) => onValues(code, apply))],
    versionStage(version),
    [
      onFields(null, (fields) => fields.filter(([, value]) => value !== '')),
      { code: 'empty-values-signed', apply: (candidate) => candidate },
    ],
    [
      onFields(null, (fields) => [...fields].sort(([a], [b]) => (a < b ? -1 : 1))),
      { code: 'not-sorted', apply: (candidate) => candidate },
    ],
  ];
}

export function writeForm({ fields }: FormCandidate): string {
  return fields.map(([name, value]) => `${name}=${value}`).join('&');
}

const rule: FormStage[number] = { code: null, apply: (candidate) => candidate };

function versionStage(version: NotificationVersion | 'auto'): FormStage {
  const without =
    (...names: string[]) =>
    (fields: readonly Field[]) =>
      fields.filter(([name]) => !names.includes(name));
  return [
    onFields(version === 'V2' ? 'version' : null, without('sign', 'sign_type', 'alipay_cert_sn')),
    onFields(version === 'V1' ? 'version' : null, without('sign', 'alipay_cert_sn')),
    onFields('certificate-number-signed', without('sign')),
    onFields('certificate-number-signed', without('sign', 'sign_type')),
  ];
}

function onFields(
  code: VerificationCauseCode | null,
  alter: (fields: readonly Field[]) => readonly Field[],
): FormStage[number] {
  return { code, apply: ({ fields, encoded }) => ({ fields: alter(fields), encoded }) };
}

/** Alters every value; null where that changes none, or cannot be done to one. */
function onValues(
  code: VerificationCauseCode,
  alter: (value: string) => string | null,
): FormStage[number] {
  return {
    code,
    apply: ({ fields, encoded }) => {
      const altered: Field[] = [];
      for (const [name, value] of fields) {
        const other = alter(value);
        if (other === null) return null;
        altered.push([name, other]);
      }
      const isSame = altered.every(([, value], at) => value === fields[at]?.[1]);
      return isSame ? null : { fields: altered, encoded };
    },
  };
}
