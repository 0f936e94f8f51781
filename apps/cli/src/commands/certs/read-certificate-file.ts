import { AlipayError } from '@zhimaper/alipay-core/errors';
import { readCertificates, type Certificate } from '@zhimaper/alipay-core/signing';
import { nameOf, readTextSource } from '../../input/source.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';

/** Alipay's file of roots has some ten thousand bytes. */
const MAX_BYTES = 1024 * 1024;

export interface CertificateFile {
  readonly text: string;
  readonly certificates: readonly [Certificate, ...Certificate[]];
}

/** Reads the certificates of a file, or of stdin where `source` is `-`. */
export async function readCertificateFile(
  context: CliContext,
  source: string,
): Promise<CertificateFile> {
  const text = await readTextSource(context, source, MAX_BYTES);
  try {
    return { text, certificates: readCertificates(text) };
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    throw new CommandFailure('invalid-input', `${nameOf(source)}: ${error.message}`, {
      nextStep: error.nextStep,
      cause: error,
    });
  }
}
