import { decodeTextLossily, type Charset } from '../charset/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import type { PublicKey } from '../signing/index.js';
import type { Download } from './alipay-certificates.js';
import type { GatewayCall } from './call-parameters.js';
import { trustCertificate, type Authorities, type TrustedCertificate } from './certificate-mode.js';
import { judge } from './outcome.js';
import { scanResponse } from './response-scanner.js';
import type { TransportResult } from './transport.js';

const METHOD = 'alipay.open.app.alipaycert.download';
const CONTENT = 'alipay_cert_content';

/**
 * The call that fetches a certificate of Alipay's: the application's own, whatever merchant it calls for, and in the
 * clear, since there is nothing to hide.
 */
export function certificateDownload(sn: string): GatewayCall {
  return {
    method: METHOD,
    bizContent: { alipay_cert_sn: sn },
    appAuthToken: '',
    needEncrypt: false,
  };
}

export interface DownloadContext {
  /** The serial number asked for. */
  sn: string;
  charset: Charset;
  maxBytes: number;
  authorities: Authorities;
  at: Date;
  /** The keys that are trusted already, by serial number. */
  keyOf: (sn: string | null) => PublicKey | undefined;
  verify: (bytes: Uint8Array, sign: string, key: PublicKey) => boolean;
}

/**
 * Takes a certificate out of the answer that carries it: only if its chain leads to a configured root, it is the one
 * asked for, and the answer is signed by it or by one that is trusted already.
 *
 * Source: the gateway's published documents on `alipay.open.app.alipaycert.download`.
 */
export function readDownload(result: TransportResult, context: DownloadContext): Download {
  const { sn, charset, maxBytes, verify } = context;
  const carried = carriedCertificate(result, context);
  if (carried !== null && 'refusal' in carried) return carried;
  const answer = judge(result, {
    method: METHOD,
    charset,
    maxBytes,
    requiredMembers: [CONTENT],
    verify: (bytes, sign, answerSn) => {
      const key =
        context.keyOf(answerSn) ?? (answerSn === sn ? carried?.certificate.publicKey : undefined);
      return key !== undefined && verify(bytes, sign, key);
    },
  });
  if (answer.outcome === 'success' && carried !== null) return carried;
  const why = answer.outcome === 'success' ? '' : ` ${answer.description}`;
  return { refusal: `The certificate that it names could not be downloaded.${why}` };
}

/** The certificate in an answer, once it is trusted by its chain; null where there is none in it. */
function carriedCertificate(
  result: TransportResult,
  { sn, charset, maxBytes, authorities, at }: DownloadContext,
): { certificate: TrustedCertificate } | { refusal: string } | null {
  if (result.kind !== 'response') return null;
  const scanned = scanResponse(result.body, { method: METHOD, charset, maxBytes });
  if (!scanned.ok || typeof scanned.value === 'string') return null;
  const content = scanned.value[CONTENT];
  if (typeof content !== 'string' || content === '') return null;
  try {
    const certificate = trustCertificate(textOfBase64(content), authorities, at);
    return certificate.sn === sn
      ? { certificate }
      : { refusal: 'The certificate that came instead of the one it names is another.' };
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    return { refusal: `The certificate that it names is not to be trusted. ${error.message}` };
  }
}

function textOfBase64(base64: string): string {
  return decodeTextLossily(Buffer.from(base64, 'base64'), 'utf-8');
}
