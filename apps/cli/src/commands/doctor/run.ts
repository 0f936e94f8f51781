import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import type { View } from '../../runtime/view.js';
import { checkApi, checkSpoolFolder } from './api-checks.js';
import { failed, type Check } from './check.js';
import { checkGateway } from './gateway-checks.js';
import { checkKeys, checkModes } from './key-checks.js';

/** Looks at everything that a call depends on, and says what to do. */
export async function runDoctor({ context, output }: CommandRun<object>): Promise<CommandOutcome> {
  const found = await Promise.all(
    [checkKeys, checkModes, checkGateway, checkApi, checkSpoolFolder].map((look) => look(context)),
  );
  const checks = withNothingConfigured(found.flat());
  const list = output.list<Check>({
    columns: (view) => [
      { heading: 'CHECK', value: ({ check }) => check },
      { heading: 'STATUS', value: ({ status }) => styleStatus(status, view) },
      { heading: 'DETAIL', value: ({ detail }) => detail, flexible: true, wraps: true },
    ],
    empty: 'Nothing was checked.',
  });
  await list.add(checks);
  await list.end();
  for (const { check, detail, nextStep } of checks) {
    if (nextStep !== null) await output.note(`${check}: ${detail}\n  next: ${nextStep}`);
  }
  return checks.some(({ status }) => status === 'failed') ? 'not-verified' : 'success';
}

function withNothingConfigured(checks: readonly Check[]): readonly Check[] {
  const isSkipped = (name: string) =>
    checks.some(({ check, status }) => check === name && status === 'skipped');
  if (!isSkipped('settings') || !isSkipped('api')) return checks;
  const next = 'Set them with zhimaper config set; see zhimaper config --help.';
  return [failed('settings', 'Neither an application nor an api is configured.', next), ...checks];
}

function styleStatus(status: Check['status'], { style }: View): string {
  switch (status) {
    case 'ok':
      return style.green(status);
    case 'failed':
      return style.red(status);
    case 'warning':
      return style.yellow(status);
    case 'skipped':
      return style.dim(status);
  }
}
