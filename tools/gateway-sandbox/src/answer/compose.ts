import { sign, type KeyObject } from 'node:crypto';

import type { MethodAnswer } from '../methods/gateway-method.js';
import { encodeText, type Charset } from '../wire/charset.js';
import { encryptContent } from '../wire/content-encryption.js';
import { digestOf, type SignType } from '../wire/sign-type.js';
import { isSignable, type GatewayError } from './gateway-error.js';

/** What may go wrong with an answer's bytes or signature on demand. */
export interface AnswerFaults {
  unsigned?: true;
  /** One byte of the member is another than the one that was signed. */
  tamper?: true;
  wrongKey?: true;
  /** `/` is sent as `\/`, while the signature is over the plain form. */
  escapeSlashes?: true;
  signFirst?: true;
  /** Numbers are sent as texts, as some gateways do. */
  numbersAsText?: true;
}

export interface Composition {
  /** The method as the caller named it. */
  method: string | undefined;
  answer: MethodAnswer;
  charset: Charset;
  signType: SignType;
  signingKey: KeyObject;
  /** In certificate mode, the number of the certificate that belongs to the key. */
  alipayCertSn: string | null;
  /** The key to encrypt a success with; null where the content goes in clear. */
  contentKey: KeyObject | null;
  faults: AnswerFaults;
}

type Members = Readonly<Record<string, string | number>>;

/** Writes the answer's body: the response member in the charset's bytes, and the signature over exactly those. */
export async function composeAnswer(composition: Composition): Promise<Buffer> {
  const { answer, charset, faults, alipayCertSn } = composition;
  const members = membersOf(answer, faults);
  const signed = memberValue(members, composition);
  const sent = faults.tamper ? memberValue(tampered(members), composition) : signed;
  const member = `"${memberName(composition)}":${faults.escapeSlashes ? sent.replaceAll('/', '\\/') : sent}`;

  const unsigned = faults.unsigned ?? (answer.kind === 'error' && !isSignable(answer.error));
  if (unsigned) return encodeText(`{${member}}`, charset);
  const certificate = alipayCertSn === null ? [] : [`"alipay_cert_sn":"${alipayCertSn}"`];
  const signature = `"sign":"${await signBytes(encodeText(signed, charset), composition)}"`;
  const parts = faults.signFirst
    ? [signature, ...certificate, member]
    : [member, ...certificate, signature];
  return encodeText(`{${parts.join(',')}}`, charset);
}

/** The member's text as it is signed: an object, or, encrypted, base64 in quotes. Errors come in clear. */
function memberValue(members: Members, { answer, charset, contentKey }: Composition): string {
  const json = JSON.stringify(members);
  if (contentKey === null || answer.kind === 'error') return json;
  return `"${encryptContent(encodeText(json, charset), contentKey)}"`;
}

function membersOf(answer: MethodAnswer, faults: AnswerFaults): Members {
  const members = answer.kind === 'success' ? answer.members : errorMembers(answer.error);
  return {
    ...(faults.numbersAsText ? withoutNumbers(members) : members),
    // Not every answer has a slash of its own to escape.
    ...(faults.escapeSlashes ? { doc_link: 'https://opendocs.alipay.com/common/02km9f' } : {}),
  };
}

function withoutNumbers(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)]));
}

function errorMembers({ code, msg, subCode, subMsg }: GatewayError): Members {
  return {
    msg,
    code,
    ...(subMsg === null ? {} : { sub_msg: subMsg }),
    ...(subCode === null ? {} : { sub_code: subCode }),
  };
}

/** The token where there is one: that is what a forger would change. */
function tampered(members: Members): Members {
  const name = 'access_token' in members ? 'access_token' : 'msg';
  const value = String(members[name] ?? '');
  return { ...members, [name]: value.slice(0, -1) + (value.endsWith('0') ? '1' : '0') };
}

function memberName({ method, answer }: Composition): string {
  const inErrorResponse = answer.kind === 'error' && answer.error.errorResponse;
  if (inErrorResponse || method === undefined || !/^[a-z][a-z0-9.]{0,127}$/.test(method)) {
    return 'error_response';
  }
  return `${method.replaceAll('.', '_')}_response`;
}

function signBytes(bytes: Buffer, { signType, signingKey }: Composition): Promise<string> {
  return new Promise((resolve, reject) => {
    // With a callback it runs off the main thread.
    sign(digestOf(signType), bytes, signingKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}
