import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { METHOD } from './example-call.js';

export interface BenchKeys {
  app: { privateKey: KeyObject; privatePem: string };
  alipay: { privateKey: KeyObject; publicKey: KeyObject; publicPem: string };
}

/** Fresh RSA-2048 key pairs of both sides. */
export function makeKeys(): BenchKeys {
  const app = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    app: {
      privateKey: app.privateKey,
      privatePem: app.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    alipay: {
      ...alipay,
      publicPem: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  };
}

export interface StaticAnswer {
  body: Buffer;
  /** The bytes of the response member, which the signature covers. */
  signedBytes: Buffer;
  signature: Buffer;
}

/**
 * A granted application's answer as the gateway writes it, signed, filled up to about so many bytes.
 *
 * @param bytes the body's size; never less than what the answer needs
 */
export function makeAnswer(privateKey: KeyObject, bytes = 0): StaticAnswer {
  const member = JSON.stringify({
    code: '10000',
    msg: 'Success',
    access_token: 'publicpBa869cad0990e4e17a57ecf7c5469a4b2',
    refresh_token: 'publicpB0ff17e364f0743c79b0b0d7f55e20bfc',
    auth_token_type: 'permanent',
    ...(bytes > 0 ? { items: filling(bytes - 650) } : {}),
  });
  const signedBytes = Buffer.from(member, 'utf8');
  const signature = createSign('RSA-SHA256').update(signedBytes).sign(privateKey);
  const node = `${METHOD.replaceAll('.', '_')}_response`;
  const body = Buffer.from(
    `{"${node}":${member},"sign":"${signature.toString('base64')}"}`,
    'utf8',
  );
  return { body, signedBytes, signature };
}

/** Members as answers hold them: short texts, Chinese ones, numbers, escapes. */
function filling(bytes: number) {
  const item = {
    id: '2088721630869411',
    name: '张三',
    note: 'line\n"quoted"',
    amount: 12.5,
    ok: true,
  };
  const size = Buffer.byteLength(JSON.stringify(item)) + 1;
  return Array.from({ length: Math.max(0, Math.floor(bytes / size)) }, () => item);
}
