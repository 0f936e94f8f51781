import { ConfigFaults } from '../../config/config-faults.js';
import { readPlainSettings } from '../../config/plain-settings.js';
import { probe, textMember, type ProbeRequest } from '../../net/probe.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';

/** Asks the sandbox that the configured gateway is; never anything of Alipay's. */
export async function askSandbox(
  context: CliContext,
  path: 'ledger' | 'scenarios',
  request: Pick<ProbeRequest, 'method' | 'json'>,
): Promise<unknown> {
  const faults = new ConfigFaults(context);
  const plain = readPlainSettings(context.env, faults);
  if (!plain) throw faults.failure();
  const { origin, host, hostname } = new URL(plain.ALIPAY_GATEWAY_URL);
  if (/(^|\.)alipay(dev)?\.com$/.test(hostname)) throw noSandbox(host);
  const answer = await probe(`${origin}/_sandbox/${path}`, { ...request, signal: context.signal });
  if (!answer.reached) {
    throw new CommandFailure('not-sent', `${host} does not answer: ${answer.reason}.`, {
      nextStep:
        'Start a sandbox with zhimaper sandbox, and give its gatewayUrl with --gateway-url.',
    });
  }
  const { status, body } = answer;
  if (status >= 200 && status <= 299) return body;
  const refusal = textMember(body, 'error');
  if (status === 400 && refusal !== null) {
    throw new CommandFailure('invalid-input', `The sandbox does not take it: ${refusal}`, {
      nextStep: 'See zhimaper sandbox scenario add --help.',
    });
  }
  throw noSandbox(host);
}

function noSandbox(host: string): CommandFailure {
  return new CommandFailure('not-found', `${host} is no gateway sandbox.`, {
    nextStep: 'Give the gatewayUrl of a sandbox with --gateway-url.',
  });
}
