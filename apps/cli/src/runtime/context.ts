/** Where text goes: a process stream, or whatever a test puts in its place. */
export interface TextSink {
  write(text: string, done: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
}

/** Where input comes from; `isTTY` says whether a person can be asked. */
type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Everything a command may touch besides files and the network. */
export interface CliContext {
  /** The arguments after `zhimaper`. */
  readonly argv: readonly string[];
  /** The environment; for a command with settings what flags and the profile say is already in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How messages name a variable that came from elsewhere, such as `--charset`. */
  readonly settingNames?: ReadonlyMap<string, string>;
  readonly stdin: InputStream;
  readonly stdout: TextSink;
  /** Whether what is written there is gone at once: it is the null device, which stands for a closed one too. */
  readonly isStdoutNowhere?: () => boolean;
  readonly stderr: TextSink & NodeJS.WritableStream;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
