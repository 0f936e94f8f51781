import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { ClientWarning, GatewayClientOptions } from '../src/gateway/client-options.js';
import { GatewayClient } from '../src/gateway/gateway-client.js';
import type { GatewayHttpRequest, TransportResult } from '../src/gateway/transport.js';
import { certificateSerialNumber } from '../src/signing/index.js';
import { TEST_PRIVATE_KEY } from './fixtures/test-key.js';
import {
  basicConstraints,
  keyUsage,
  makeCertificate,
  type CertificateModel,
} from './support/certificate-maker.js';

export const NOW = new Date('2030-01-01T00:00:00Z');
export const METHOD = 'alipay.any.method';
export const DOWNLOAD = 'alipay.open.app.alipaycert.download';

export const newKey = (modulusLength = 1024) =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey;
const rootKey = newKey();
const alipayKey = newKey(2048);
const appKey = createPrivateKey(TEST_PRIVATE_KEY);

/** A certificate that the root issued; nothing above it but the root. */
export function issue(changes: Partial<CertificateModel> = {}): string {
  return makeCertificate({
    ...{ subject: 'Alipay', issuer: 'Root', key: alipayKey, signedWith: rootKey },
    ...changes,
  });
}

export const ROOT = issue({
  ...{ subject: 'Root', key: rootKey, extensions: [basicConstraints(true), keyUsage(0x06)] },
});
export const APP = issue({ subject: 'App', key: appKey, serialNumber: 2n });
export const ALIPAY = issue({ serialNumber: 3n });

/** A certificate that Alipay signs answers with. */
export interface Signer {
  sn: string;
  certificate: string;
  key: KeyObject;
}

export function signer(changes: Partial<CertificateModel> = {}): Signer {
  const key = changes.key ?? newKey();
  const certificate = issue({ serialNumber: 4n, ...changes, key });
  return { sn: certificateSerialNumber(certificate), certificate, key };
}

export const CONFIGURED: Signer = {
  sn: certificateSerialNumber(ALIPAY),
  certificate: ALIPAY,
  key: alipayKey,
};

/** An answer to a method, signed by a certificate's key; `sn` is what it names, null for nothing. */
export function answerBy(
  { key, sn }: { key: KeyObject; sn: string | null },
  method = METHOD,
  value = '{"code":"10000","id":"1"}',
): TransportResult {
  const signature = sign('sha256', Buffer.from(value), key).toString('base64');
  const named = sn === null ? '' : `,"alipay_cert_sn":"${sn}"`;
  const body = `{"${method.replaceAll('.', '_')}_response":${value}${named},"sign":"${signature}"}`;
  return { kind: 'response', status: 200, headers: {}, body: Buffer.from(body) };
}

/** The download's answer: it carries one certificate, and is signed by the same or another. */
export function downloadOf(
  { certificate }: Pick<Signer, 'certificate'>,
  signedBy: Pick<Signer, 'key' | 'sn'>,
): TransportResult {
  const content = Buffer.from(certificate).toString('base64');
  const value = JSON.stringify({ code: '10000', alipay_cert_content: content });
  return answerBy(signedBy, DOWNLOAD, value);
}

export const MODE = {
  appCertificate: APP,
  alipayCertificate: ALIPAY,
  alipayRootCertificate: ROOT,
} as const;

export interface CertificateGateway {
  client: GatewayClient;
  /** The query and the form of every request, by method. */
  sent: { method: string; query: URLSearchParams; form: URLSearchParams }[];
  downloads: () => (string | null)[];
}

/** A client in certificate mode, whose transport brings what `answer` says for each method. */
export function certificateGateway(
  answer: (
    method: string,
    request: GatewayHttpRequest,
  ) => TransportResult | Promise<TransportResult>,
  options: Partial<GatewayClientOptions> = {},
): CertificateGateway {
  const sent: CertificateGateway['sent'] = [];
  const client = new GatewayClient({
    appId: '2021000000000001',
    privateKey: TEST_PRIVATE_KEY,
    ...MODE,
    clock: () => NOW,
    ...options,
    transport: {
      async send(request) {
        const query = new URL(request.url).searchParams;
        const form = new URLSearchParams(Buffer.from(request.body).toString('latin1'));
        const method = query.get('method') ?? '';
        sent.push({ method, query, form });
        return answer(method, request);
      },
      close: () => Promise.resolve(),
    },
  });
  const downloads = () =>
    sent.filter(({ method }) => method === DOWNLOAD).map(({ form }) => form.get('biz_content'));
  return { client, sent, downloads };
}

export const codesOf = (warnings: readonly ClientWarning[]) => warnings.map(({ code }) => code);
