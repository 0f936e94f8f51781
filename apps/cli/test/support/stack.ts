import { startLocalStack, type LocalStack } from '@zhimaper/local-stack';
import { PERSON } from './gateway.js';

/** The whole path for a test file, and what an operator would have set to use it. */
export async function startTestStack(): Promise<{
  stack: LocalStack;
  env: Record<'ZHIMAPER_API_URL' | 'ZHIMAPER_API_KEY', string>;
}> {
  const stack = await startLocalStack({ durability: false });
  return { stack, env: { ZHIMAPER_API_URL: stack.api, ZHIMAPER_API_KEY: stack.apiKey } };
}

const CONSENT = { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' };

/** An application of somebody else for each number, as `--input -` takes it. */
export function applicationJson(number: number, change: object = {}): string {
  const certNo = `33070119900101${String(number).padStart(4, '0')}`;
  return JSON.stringify({ ...PERSON, certNo, consent: CONSENT, ...change });
}
