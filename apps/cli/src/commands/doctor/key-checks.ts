import { stat } from 'node:fs/promises';
import { AlipayClient, AlipayError } from '@zhimaper/alipay-core';
import { readCallSettings, type CallSettings } from '../../config/gateway-settings.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';
import { failed, ok, skipped, warning, type Check } from './check.js';

/** Any of these says that this machine is meant to call the gateway. */
const APPLICATION = ['ALIPAY_APP_ID', 'ALIPAY_APP_PRIVATE_KEY', 'ALIPAY_APP_PRIVATE_KEY_FILE'];
const SECRET_FILES = [
  'ALIPAY_APP_PRIVATE_KEY_FILE',
  'ALIPAY_ENCRYPT_KEY_FILE',
  'ZHIMAPER_API_KEY_FILE',
];

/** Whether the application's settings are whole, and its keys and certificates good and belong together. */
export async function checkKeys(context: CliContext): Promise<Check[]> {
  if (!APPLICATION.some((name) => context.env[name])) {
    return [skipped('settings', 'No application is configured; only gateway commands need one.')];
  }
  try {
    const settings = await readCallSettings(context);
    const { appId, plain } = settings;
    return [
      ok('settings', `application ${appId}, ${plain.ALIPAY_SIGN_TYPE}, ${plain.ALIPAY_CHARSET}`),
      ...(await checkTogether(settings, context)),
    ];
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return error.details.map((detail) => failed('settings', detail, error.nextStep));
  }
}

/** Secrets that other users of this machine can read. */
export async function checkModes({ env }: CliContext): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of SECRET_FILES) {
    const path = env[name];
    if (!path) continue;
    // What cannot be read is told by whoever needs it.
    const mode = await stat(path).then(
      (found) => found.mode,
      () => 0,
    );
    if ((mode & 0o077) !== 0) {
      const detail = `${path} may be read by others (mode ${(mode & 0o777).toString(8)}).`;
      checks.push(warning('file-modes', detail, `Run chmod 600 ${path}.`));
    }
  }
  return checks;
}

async function checkTogether(
  { plain, appId, privateKey, trust, encryptKey }: CallSettings,
  { now }: CliContext,
): Promise<Check[]> {
  const kind = 'alipayPublicKey' in trust ? 'keys' : 'certificates';
  try {
    const client = new AlipayClient({
      appId,
      privateKey,
      ...trust,
      gatewayUrl: plain.ALIPAY_GATEWAY_URL,
      clock: now,
      ...(encryptKey === null ? {} : { encryptKey }),
    });
    const { warnings } = client;
    await client.close();
    if (warnings.length === 0) {
      const bits = `the private key has ${privateKey.modulusBits} bits`;
      const belong =
        kind === 'keys'
          ? "Alipay's key is not the application's own"
          : 'the certificates are valid, belong to it, and lead to a trusted root';
      return [ok(kind, `${bits}; ${belong}`)];
    }
    return warnings.map(({ message }) =>
      warning(kind, message, 'Replace it before it fails; see zhimaper keys and certs.'),
    );
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    return [failed(kind, error.message, error.nextStep)];
  }
}
