import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GatewaySandbox } from '@zhimaper/gateway-sandbox';

/**
 * The variables of certificate mode, with files of the gateway's certificates.
 *
 * @param validDays for how long Alipay's certificate is valid
 */
export async function certificateVariables(
  sandbox: GatewaySandbox,
  validDays: number,
): Promise<Record<string, string | undefined>> {
  const folder = join(process.env['ZHIMAPER_TEST_SPOOL_DIR']!, `certificates-${randomUUID()}`);
  await mkdir(folder);
  const { appCert, alipayRootCert } = await sandbox.certificates();
  const { alipayCert } = await sandbox.rotateCertificate({ validDays });
  const write = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    ALIPAY_PUBLIC_KEY: undefined,
    ALIPAY_APP_CERT_FILE: await write('app.crt', appCert),
    ALIPAY_CERT_FILE: await write('alipay.crt', alipayCert),
    ALIPAY_ROOT_CERT_FILE: await write('root.crt', alipayRootCert),
  };
}
