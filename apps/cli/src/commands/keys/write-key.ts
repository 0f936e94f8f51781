import { createPrivateKey, createPublicKey } from 'node:crypto';
import { PrivateKey, type PublicKey } from '@zhimaper/alipay-core/signing';
import { CommandFailure } from '../../runtime/failure.js';

export type KeyFormat = 'pkcs8' | 'pkcs1' | 'spki';

/** Writes a key in a format: PEM, or with `bare` one line of base64. */
export function writeKey(key: PrivateKey | PublicKey, format: KeyFormat, bare: boolean): string {
  const der = key instanceof PrivateKey ? privateDer(key, format) : publicDer(key, format);
  const base64 = der.toString('base64');
  if (bare) return `${base64}\n`;
  const label = labelOf(key, format);
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Reads `--to`; without it the format that most want. */
export function readFormat(option: string | undefined, key: PrivateKey | PublicKey): KeyFormat {
  const [usual, other] =
    key instanceof PrivateKey ? (['pkcs8', 'pkcs1'] as const) : (['spki', 'pkcs1'] as const);
  if (option === undefined || option === usual) return usual;
  if (option === other) return other;
  throw new CommandFailure('invalid-usage', '--to names no format of this key.', {
    nextStep: `Use ${usual} or ${other}.`,
  });
}

function privateDer(key: PrivateKey, format: KeyFormat): Buffer {
  const pkcs8 = Buffer.from(key.pkcs8Der);
  if (format === 'pkcs8') return pkcs8;
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({
    format: 'der',
    type: 'pkcs1',
  });
}

function publicDer(key: PublicKey, format: KeyFormat): Buffer {
  const spki = Buffer.from(key.spkiDer);
  if (format === 'spki') return spki;
  return createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({
    format: 'der',
    type: 'pkcs1',
  });
}

/** As RFC 7468 and RFC 8017's tools call them. */
function labelOf(key: PrivateKey | PublicKey, format: KeyFormat): string {
  const kind = key instanceof PrivateKey ? 'PRIVATE' : 'PUBLIC';
  return format === 'pkcs1' ? `RSA ${kind} KEY` : `${kind} KEY`;
}
