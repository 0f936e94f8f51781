import { AlipayClient, type GatewayFailure, type OutcomeClass } from '@zhimaper/alipay-core';
import type { CallSettings } from '../../config/gateway-settings.js';
import { CommandFailure, Interrupted } from '../../runtime/failure.js';
import { StdoutError, type Output } from '../../runtime/output.js';
import type { CommandRun } from '../../runtime/session.js';
import type { Style } from '../../runtime/style.js';

/** Runs one call with a client made from the settings, warns of what is weak in them, and closes it. */
export async function withClient<T>(
  { plain, appId, privateKey, trust, encryptKey }: CallSettings,
  { context, output }: Pick<CommandRun<unknown>, 'context' | 'output'>,
  call: (client: AlipayClient) => Promise<T>,
): Promise<T> {
  const client = new AlipayClient({
    appId,
    privateKey,
    ...trust,
    gatewayUrl: plain.ALIPAY_GATEWAY_URL,
    signType: plain.ALIPAY_SIGN_TYPE,
    charset: plain.ALIPAY_CHARSET,
    timeoutMs: plain.ALIPAY_TIMEOUT_MS,
    clock: context.now,
    ...(encryptKey === null ? {} : { encryptKey, needEncrypt: true }),
    ...(plain.ALIPAY_APP_AUTH_TOKEN === undefined
      ? {}
      : { appAuthToken: plain.ALIPAY_APP_AUTH_TOKEN }),
  });
  try {
    for (const { message } of client.warnings) await output.warn(message);
    return await call(client);
  } finally {
    await client.close();
  }
}

/** Tells people why a call failed; one that was interrupted before it left is no result at all. */
export async function reportFailure(
  { reason, description, solution }: GatewayFailure,
  output: Output,
): Promise<void> {
  if (reason === 'aborted-before-sending') throw new Interrupted('Interrupted; nothing was sent.');
  await output.error(description, [], solution);
}

/** A call's outcome, once its result is written; a success that nobody can read is none. */
export async function deliver(
  outcome: OutcomeClass,
  written: Promise<void>,
): Promise<OutcomeClass> {
  try {
    await written;
  } catch (cause) {
    if (!(cause instanceof StdoutError)) throw cause;
    if (outcome === 'success') {
      throw new CommandFailure(
        'unknown-outcome',
        `The call succeeded, but its result could not be written to stdout (${cause.code}) and is lost.`,
        {
          nextStep:
            'Do not call again by itself: the effect is there. Give stdout a place that takes the result.',
          cause,
        },
      );
    }
  }
  return outcome;
}

export function styleOutcome(outcome: OutcomeClass, style: Style): string {
  return outcome === 'success' ? style.green(outcome) : style.red(outcome);
}
