import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';

/** The serial number of certificate mode, by way of what OpenSSL prints. */
export async function snByOpenssl(pem: string): Promise<string> {
  const text = await openssl(['x509', '-noout', '-issuer', '-nameopt', 'RFC2253', '-serial'], pem);
  const [, issuer, serial] = /^issuer=(.*)\nserial=([0-9A-F]+)\n$/.exec(text) ?? [];
  if (issuer === undefined) throw new Error(`OpenSSL cannot read this certificate: ${pem}`);
  return createHash('md5')
    .update(issuer + BigInt(`0x${serial}`).toString())
    .digest('hex');
}

/** The certificates of a PEM text, one by one. */
export function pems(text: string): string[] {
  return text.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
}

function openssl(args: string[], input: string): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile('openssl', args, (_error, stdout) => {
      resolve(stdout);
    });
    child.stdin?.end(input);
  });
}
