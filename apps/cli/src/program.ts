import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addApiKeysCommands } from './commands/api-keys/command.js';
import { addAuditCommands } from './commands/audit/command.js';
import { addAuthorizationsCommands } from './commands/authorizations/command.js';
import { addBatchCommands } from './commands/batch/command.js';
import { addCertsCommands } from './commands/certs/command.js';
import { addCompletionCommands } from './commands/completion/command.js';
import { addConfigCommands } from './commands/config/command.js';
import { addDoctorCommand } from './commands/doctor/command.js';
import { addErrorsCommand } from './commands/errors/command.js';
import { addExplainCommand } from './commands/explain/command.js';
import { addGatewayCommands } from './commands/gateway/command.js';
import { addKeysCommands } from './commands/keys/command.js';
import { addSandboxCommands } from './commands/sandbox/command.js';
import { addSignCommand } from './commands/sign/command.js';
import { addVerifyCommand } from './commands/verify/command.js';
import type { Session } from './runtime/session.js';

const HELP = `
Examples:
  $ zhimaper doctor
  $ zhimaper errors NO_USER_ERROR
  $ zhimaper authorizations list --status unknown
  $ source <(zhimaper completion bash)

Every command takes --json and --help. What it needs comes from flags, the environment or a profile; see
zhimaper config --help.
Exit status: 0 success; 1 refused by Alipay; 2 wrong usage, or input refused before sending; 3 outcome unknown;
4 not authenticated or not allowed; 5 not found or conflict; 69 not sent; 74 result not written; 75 rate-limited;
78 configuration.`;

/** What commander wants to write by itself, for the caller to print. */
export interface CollectedHelp {
  out: string;
  err: string;
}

/** The whole command tree. */
export function createProgram(session: Session, help: CollectedHelp): Command {
  const program = new Command('zhimaper')
    .description('Obtains and looks after Zhima authorisations, from a terminal.')
    .version(readVersion())
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help.out += text;
      },
      writeErr: (text) => {
        help.err += text;
      },
      outputError: () => undefined,
    });
  addGatewayCommands(program, session);
  addSignCommand(program, session);
  addVerifyCommand(program, session);
  addExplainCommand(program, session);
  addAuthorizationsCommands(program, session);
  addBatchCommands(program, session);
  addApiKeysCommands(program, session);
  addAuditCommands(program, session);
  addErrorsCommand(program, session);
  addKeysCommands(program, session);
  addCertsCommands(program, session);
  addConfigCommands(program, session);
  addDoctorCommand(program, session);
  addSandboxCommands(program, session);
  addCompletionCommands(program, session);
  return program;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  const version: unknown =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? manifest.version
      : null;
  if (typeof version !== 'string') throw new TypeError("The package's manifest has no version.");
  return version;
}
