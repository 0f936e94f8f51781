import type { Command } from 'commander';
import { addSettingFlags } from '../config/setting-flags.js';
import type { SettingName } from '../config/settings.js';
import type { CliContext } from './context.js';
import type { CommandOutcome } from './exit-status.js';
import type { CommandFailure } from './failure.js';
import type { Output } from './output.js';

/** What a machine reads with `--json` where a command has no result: the same members, null where unknown. */
export type EmptyResult = (
  outcome: string,
  subCode: string | null,
  failure?: CommandFailure,
) => object;

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
  /** Makes flags, environment and profile count; the command gets flags for those that are named. */
  readonly settings?: readonly SettingName[];
  /** Gives the command `--utc`. */
  readonly showsTimes?: boolean;
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
    const { settings, showsTimes = false } = definition;
    if (settings) addSettingFlags(command, settings);
    if (showsTimes) command.option('--utc', 'print times in UTC, not in the local zone');
    command
      .option('--json', 'print one line of JSON a result, on failure too')
      .exitOverride((error) => {
        this.emptyResult = definition.emptyResult;
        throw error;
      })
      .action(async () => {
        this.emptyResult = definition.emptyResult;
        const run = await definition.load();
        const context = settings
          ? await (
              await import('../config/resolve.js')
            ).withSettings(this.context, command.opts(), settings)
          : this.context;
        this.outcome = await run({
          context,
          output: this.output,
          operands: command.processedArgs,
          options: command.opts<Options>(),
        });
      });
  }
}
