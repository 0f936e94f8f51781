import type { CliContext } from '../runtime/context.js';
import { ConfigFaults } from './config-faults.js';
import { requireKeyVariable } from './key-material.js';

/** What a call of the api needs. */
export interface ApiSettings {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly key: string;
}

/** Reads where the api is and what opens it; throws all faults at once. */
export async function readApiSettings(context: CliContext): Promise<ApiSettings> {
  const faults = new ConfigFaults(context);
  const url = readApiUrl(context, faults);
  const key = await requireKeyVariable(
    context,
    { name: 'ZHIMAPER_API_KEY', what: 'the key of the api', parse: (text) => text.trim() },
    faults,
  );
  // A key travels in a header, which takes no other characters.
  if (key !== null && !/^[\x21-\x7e]+$/.test(key)) faults.add('ZHIMAPER_API_KEY', 'is no API key.');
  if (faults.isEmpty && url !== null && key !== null) return { url, key };
  throw faults.failure();
}

/** The base URL alone; null where it is not set, and with a fault. */
function readApiUrl({ env }: CliContext, faults: ConfigFaults): string | null {
  const text = env['ZHIMAPER_API_URL'];
  if (!text) {
    faults.add('ZHIMAPER_API_URL', "must be set: the api's base URL.");
    return null;
  }
  const url = parseApiUrl(text);
  if (url === null) faults.add('ZHIMAPER_API_URL', NO_API_URL);
  return url;
}

/** What a text that is no base URL is told. */
export const NO_API_URL = 'is not an http or https URL without user, query or fragment.';

/** A base URL without a slash at its end, or null. */
export function parseApiUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : null;
}
