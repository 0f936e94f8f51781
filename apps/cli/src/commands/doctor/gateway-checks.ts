import { ConfigFaults } from '../../config/config-faults.js';
import { readPlainSettings } from '../../config/plain-settings.js';
import type { CliContext } from '../../runtime/context.js';
import { failed, ok, skipped, warning, type Check } from './check.js';
import { probe } from '../../net/probe.js';

/** Beyond this a request's timestamp may be refused; what the gateway really tolerates is not documented. */
const FAR_OFF_MS = 5 * 60_000;
/** A clock that is kept in time is closer than that. */
const OFF_MS = 30_000;

/** Whether the gateway answers at all, and what its clock says of ours. */
export async function checkGateway(context: CliContext): Promise<Check[]> {
  const plain = readPlainSettings(context.env, new ConfigFaults(context));
  if (!plain) return [skipped('gateway', 'The settings are wrong.')];
  const { host, origin } = new URL(plain.ALIPAY_GATEWAY_URL);
  const before = context.now().getTime();
  // Not gateway.do: whatever is asked there counts as a call.
  const answer = await probe(`${origin}/`, { method: 'HEAD', signal: context.signal });
  if (!answer.reached) {
    const next = 'Check the network, the proxy and gateway-url.';
    return [
      failed('gateway', `${host} does not answer: ${answer.reason}.`, next),
      skipped('clock', 'There is no other clock to compare with.'),
    ];
  }
  const here = (before + context.now().getTime()) / 2;
  return [ok('gateway', `${host} answers`), clockCheck(answer.date, here)];
}

function clockCheck(date: string | null, here: number): Check {
  const there = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(there)) return skipped('clock', 'The gateway does not tell the time.');
  const off = here - there;
  const detail = `this machine is ${Math.abs(Math.round(off / 1000))} s ${off < 0 ? 'behind' : 'ahead of'} the gateway`;
  const next = "Let NTP set this machine's clock.";
  if (Math.abs(off) > FAR_OFF_MS) return failed('clock', detail, next);
  return Math.abs(off) > OFF_MS ? warning('clock', detail, next) : ok('clock', detail);
}
