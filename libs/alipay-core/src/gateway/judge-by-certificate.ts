import type { PublicKey } from '../signing/index.js';
import type { AlipayCertificates, Patience } from './alipay-certificates.js';
import type { GatewayAnswer } from './answer.js';
import type { JudgeContext } from './outcome.js';

export interface CertificateJudge {
  certificates: Pick<AlipayCertificates, 'keyOf' | 'obtain' | 'refusalOf'>;
  verify: (bytes: Uint8Array, sign: string, key: PublicKey) => boolean;
  /** What is left of the call's patience, asked for when there is something to wait for. */
  patience: () => Patience;
}

/**
 * Judges an answer in certificate mode, and once more where it names a certificate that had to be fetched first: by the
 * key that came, or as one that is not believed.
 */
export async function judgeByCertificate(
  judge: (checks: Pick<JudgeContext, 'refuseCertificate' | 'verify'>) => GatewayAnswer,
  { certificates, verify, patience }: CertificateJudge,
): Promise<GatewayAnswer> {
  const unknown: string[] = [];
  let refusal: string | null = null;
  const checks = {
    refuseCertificate(sn: string | null) {
      if (sn !== null && certificates.keyOf(sn) === undefined) unknown.push(sn);
      return refusal ?? certificates.refusalOf(sn);
    },
    verify(bytes: Uint8Array, sign: string, sn: string | null) {
      const key = certificates.keyOf(sn);
      return key !== undefined && verify(bytes, sign, key);
    },
  };
  const answer = judge(checks);
  const [missing] = unknown;
  if (missing === undefined) return answer;
  refusal = await certificates.obtain(missing, patience());
  return judge(checks);
}
