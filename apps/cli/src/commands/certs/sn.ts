import {
  certificateSerialNumber,
  rootCertificateSerialNumber,
} from '@zhimaper/alipay-core/signing';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { readCertificateFile } from './read-certificate-file.js';

/** Prints a serial number alone, so that it can stand in `$(…)`. */
export async function runSn({
  context,
  output,
  operands: [source = '-'],
}: CommandRun<object>): Promise<CommandOutcome> {
  const {
    text,
    certificates: [first],
  } = await readCertificateFile(context, source);
  // Only a root names itself as its issuer. A single certificate has the same number either way.
  const isRootFile = first.issuer === first.subject;
  const sn = isRootFile ? rootCertificateSerialNumber(text) : certificateSerialNumber(text);
  await output.result({ sn }, () => [sn]);
  return 'success';
}
