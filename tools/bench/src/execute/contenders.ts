import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AlipayClient, assembleRequest, prepareRequest } from '@zhimaper/alipay-core';
import { Pool } from 'undici';
import { APP_ID, BIZ_CONTENT, METHOD } from '../peers/example-call.js';

/** What every contender is given: the keys as PEM, and what the gateway will answer, as base64. */
export interface CallSetting {
  gatewayUrl: string;
  appPrivateKey: string;
  alipayPublicKey: string;
  signedBytes: string;
  signature: string;
}

type Call = () => Promise<unknown>;

/** The ways of making one call, each loaded only where it runs: one's imports must not slow another down. */
export const CONTENDERS = {
  'alipay-core': openCore,
  'alipay-sdk': openOfficial,
  'floor, synchronous': openFloor(signAtOnce),
  'floor, asynchronous': openFloor(signInBackground()),
} as const satisfies Record<string, (setting: CallSetting) => Promise<Call>>;

export type ContenderName = keyof typeof CONTENDERS;

function openCore(setting: CallSetting): Promise<Call> {
  const client = new AlipayClient({
    appId: APP_ID,
    gatewayUrl: setting.gatewayUrl,
    privateKey: setting.appPrivateKey,
    alipayPublicKey: setting.alipayPublicKey,
  });
  return Promise.resolve(async () => {
    const answer = await client.execute(METHOD, { bizContent: BIZ_CONTENT });
    if (answer.outcome !== 'success') throw new Error(`alipay-core: ${answer.outcome}`);
  });
}

/** As published, with its verification switched on: by default it believes any answer. */
async function openOfficial(setting: CallSetting): Promise<Call> {
  const { AlipaySdk } = await import('alipay-sdk');
  const sdk = new AlipaySdk({
    appId: APP_ID,
    gateway: setting.gatewayUrl,
    keyType: 'PKCS8',
    privateKey: setting.appPrivateKey,
    alipayPublicKey: setting.alipayPublicKey,
  });
  return async () => {
    const result = await sdk.exec(METHOD, { bizContent: BIZ_CONTENT }, { validateSign: true });
    if (result['code'] !== '10000') throw new Error(`alipay-sdk: ${String(result['code'])}`);
  };
}

type Signer = (bytes: Uint8Array, key: KeyObject) => unknown;

function signAtOnce(bytes: Uint8Array, key: KeyObject): unknown {
  return sign('sha256', bytes, key);
}

function signInBackground(): Signer {
  const inBackground = promisify<string, Uint8Array, KeyObject, Buffer>(sign);
  return (bytes, key) => inBackground('sha256', bytes, key);
}

/** What a call costs at all: a prepared key signs, one POST, a prepared key verifies, the same bytes both ways. */
function openFloor(signer: Signer): (setting: CallSetting) => Promise<Call> {
  return (setting) => {
    const privateKey = createPrivateKey(setting.appPrivateKey);
    const publicKey = createPublicKey(setting.alipayPublicKey);
    const signedBytes = Buffer.from(setting.signedBytes, 'base64');
    const signature = Buffer.from(setting.signature, 'base64');
    const call = { method: METHOD, bizContent: BIZ_CONTENT };
    const identity = { appId: APP_ID, signType: 'RSA2', charset: 'utf-8' } as const;
    const request = prepareRequest(call, identity, new Date());
    const { url, headers, body } = assembleRequest(request, setting.signature, setting.gatewayUrl);
    const { origin, pathname, search } = new URL(url);
    const pool = new Pool(origin, { connections: 128, pipelining: 1 });
    return Promise.resolve(async () => {
      await signer(request.bytesToSign, privateKey);
      const path = pathname + search;
      const answer = await pool.request({ method: 'POST', path, headers, body });
      await answer.body.arrayBuffer();
      if (!verify('sha256', signedBytes, publicKey, signature)) throw new Error('floor');
    });
  };
}
