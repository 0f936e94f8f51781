import type { Command } from 'commander';
import type { CliContext } from './context.js';
import type { CommandOutcome } from './exit-status.js';
import type { Output } from './output.js';

/** What a machine reads with `--json` where a command has no result: the same members, null where unknown. */
export type EmptyResult = (outcome: string, subCode: string | null) => object;

/** What a command gets to work with. */
export interface CommandRun<Options> {
  readonly context: CliContext;
  readonly output: Output;
  /** The operands in their order; undefined where an optional one is missing. */
  readonly operands: readonly (string | undefined)[];
  readonly options: Options;
}

export interface CommandDefinition<Options> {
  readonly emptyResult: EmptyResult;
  /** Imports the command's code, only when it is called. */
  readonly load: () => Promise<(run: CommandRun<Options>) => Promise<CommandOutcome>>;
}

/** One call of the tool: which command is meant, and how it ended. */
export class Session {
  readonly context: CliContext;
  readonly output: Output;
  outcome: CommandOutcome = 'success';
  emptyResult: EmptyResult = (outcome) => ({ outcome });

  constructor(context: CliContext, output: Output) {
    this.context = context;
    this.output = output;
  }

  /** Makes commander run the definition, and remember it where the options themselves are wrong. */
  attach<Options extends object>(command: Command, definition: CommandDefinition<Options>): void {
    command
      .option('--json', 'print one line of JSON a result, on failure too')
      .exitOverride((error) => {
        this.emptyResult = definition.emptyResult;
        throw error;
      })
      .action(async () => {
        this.emptyResult = definition.emptyResult;
        const run = await definition.load();
        this.outcome = await run({
          context: this.context,
          output: this.output,
          operands: command.processedArgs,
          options: command.opts<Options>(),
        });
      });
  }
}
