import type { Command } from 'commander';
import { API_SETTINGS, GATEWAY_SETTINGS } from '../../config/settings.js';
import type { Session } from '../../runtime/session.js';

const HELP = `
Checks what is configured: keys and certificates, their lengths, dates and whether they belong together; that the
gateway answers, and this machine's clock against it; that the api is ready, its database schema current, its spool
empty, the API key good; and whether applications wait for a decision. It calls nothing that has an effect: the
gateway gets a HEAD request, the api only reads.

Examples:
  $ zhimaper doctor
  $ zhimaper doctor --json

With --json each check is one line: {"check","status","detail","nextStep"}; status is "ok", "warning", "failed" or
"skipped".
Exit status: 0, or 1 where a check failed.`;

export function addDoctorCommand(parent: Command, session: Session): void {
  const command = parent
    .command('doctor')
    .description('check keys, clock, gateway, api and database schema, and say what to do')
    .addHelpText('after', HELP);
  session.attach<object>(command, {
    settings: [...API_SETTINGS, ...GATEWAY_SETTINGS],
    emptyResult: (outcome) => ({ check: null, status: outcome, detail: null, nextStep: null }),
    load: async () => (await import('./run.js')).runDoctor,
  });
}
