import { Argument, type Command } from 'commander';
import type { Session } from '../../runtime/session.js';

const HELP = `
What may come next is asked of zhimaper itself at every Tab, so it is always what this version takes: commands,
options, the gateway's codes, settings, profiles, and ids where the api can be reached.

Install it:
  bash  echo 'source <(zhimaper completion bash)' >> ~/.bashrc
  zsh   echo 'source <(zhimaper completion zsh)' >> ~/.zshrc
  fish  zhimaper completion fish > ~/.config/fish/completions/zhimaper.fish

Examples:
  $ zhimaper completion bash
  $ zhimaper completion zsh
  $ zhimaper completion fish

With --json: {"shell","script"}
Exit status: 0.`;

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function addCompletionCommands(parent: Command, session: Session): void {
  const completion = parent
    .command('completion')
    .description('print a script that completes commands in a shell')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(SHELLS))
    .addHelpText('after', HELP);
  session.attach<object>(completion, {
    emptyResult: () => ({ shell: null, script: null }),
    load: async () => (await import('./script.js')).runCompletion,
  });

  const complete = parent
    .command('__complete', { hidden: true })
    .description('print what may come next, one candidate a line')
    .argument('[words...]', 'the words after zhimaper, the last one as far as it is typed');
  session.attach<object>(complete, {
    emptyResult: (outcome) => ({ outcome }),
    load: async () => {
      const { runComplete } = await import('./complete.js');
      return ({ context, output }) => runComplete(parent, complete.args, { context, output });
    },
  });
}
