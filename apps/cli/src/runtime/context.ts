/** Where text goes: a process stream, or whatever a test puts in its place. */
export interface TextSink {
  write(text: string, done: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
}

/** Where input comes from; `isTTY` says whether a person can be asked. */
type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Everything a command may touch besides files and the network. */
export interface CliContext {
  /** The arguments after `zhimaper`. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: InputStream;
  readonly stdout: TextSink;
  readonly stderr: TextSink & NodeJS.WritableStream;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
