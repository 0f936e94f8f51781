import { AlipayError } from '@zhimaper/alipay-core/errors';
import { PrivateKey, verifyChain, type Certificate } from '@zhimaper/alipay-core/signing';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { readKey } from '../keys/read-key.js';
import { readCertificateFile } from './read-certificate-file.js';

export interface VerifyCertificateOptions {
  root: string;
  privateKeyFile?: string;
}

interface Verdict {
  readonly valid: boolean;
  readonly reason: string | null;
  readonly detail: string;
  readonly notAfter: string | null;
  readonly chain: readonly string[] | null;
}

/** Checks whether a certificate is to be trusted, and whether it belongs to a private key. */
export async function runVerifyCertificate({
  context,
  output,
  operands: [source = '-'],
  options: { root, privateKeyFile },
}: CommandRun<VerifyCertificateOptions>): Promise<CommandOutcome> {
  const { certificates } = await readCertificateFile(context, source);
  const roots = (await readCertificateFile(context, root)).certificates;
  const key = privateKeyFile === undefined ? null : await readPrivateHalf(context, privateKeyFile);
  const verdict = judge(certificates, roots, key, context.now());
  await output.result(verdict, (view) =>
    view.fields([
      ['valid', verdict.valid ? view.style.green('yes') : view.style.red('no')],
      ['reason', verdict.reason],
      ['detail', verdict.detail, 'prose'],
      ['valid until', verdict.notAfter && view.time(verdict.notAfter)],
      ...(verdict.chain ?? []).map((subject, link) => [`chain ${link + 1}`, subject] as const),
    ]),
  );
  return verdict.valid ? 'success' : 'not-verified';
}

async function readPrivateHalf(context: CliContext, source: string): Promise<PrivateKey> {
  const key = await readKey(context, source);
  if (key instanceof PrivateKey) return key;
  throw new CommandFailure('invalid-input', '--private-key-file holds a public key.', {
    nextStep: "Give the application's private key.",
  });
}

function judge(
  [leaf, ...intermediates]: readonly [Certificate, ...Certificate[]],
  roots: readonly Certificate[],
  key: PrivateKey | null,
  at: Date,
): Verdict {
  if (key && leaf.publicKey?.equals(key.publicKey) !== true) {
    return invalid('APP_CERTIFICATE_MISMATCH', 'The certificate is not for this private key.');
  }
  try {
    const chain = verifyChain(leaf, { intermediates, roots, at });
    const notAfter = new Date(Math.min(...chain.map((link) => link.notAfter.getTime())));
    return {
      valid: true,
      reason: null,
      detail: 'Every signature, date and right to issue holds.',
      notAfter: notAfter.toISOString(),
      chain: chain.map(({ subject }) => subject),
    };
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    return invalid(error.code, error.message);
  }
}

function invalid(reason: string, detail: string): Verdict {
  return { valid: false, reason, detail, notAfter: null, chain: null };
}
