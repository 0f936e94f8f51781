import type { z } from 'zod';
import { FILE_VARIABLES, PATH_VARIABLES } from './environment-schema.js';

/** What is wrong with one variable; the message never shows the value. */
export interface EnvironmentFault {
  variable: string;
  message: string;
}

export type EnvironmentReading<T> =
  { ok: true; environment: T } | { ok: false; faults: readonly EnvironmentFault[] };

type RawEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment against a schema and reports every fault at once, instead of the first.
 *
 * An empty variable counts as absent. A final line break of a file is not part of its value.
 *
 * @param raw the process's environment
 * @param schema which variables there are
 * @param readFile reads a file as UTF-8; throws where it cannot
 * @example
 * const reading = readEnvironment(process.env, environmentSchema, (path) => readFileSync(path, 'utf8'));
 */
export function readEnvironment<Schema extends z.ZodObject>(
  raw: RawEnvironment,
  schema: Schema,
  readFile: (path: string) => string,
): EnvironmentReading<z.output<Schema>> {
  const { values, faults } = resolveFiles(raw, Object.keys(schema.shape), readFile);
  const result = schema.safeParse(values);
  const broken = new Set(faults.map((fault) => fault.variable));
  for (const issue of result.error?.issues ?? []) {
    const variable = String(issue.path[0]);
    if (broken.has(variable)) continue;
    const missing = values[variable] === undefined;
    const isPlain = missing && issue.code !== 'custom';
    faults.push({ variable, message: isPlain ? missingMessage(variable) : issue.message });
  }
  if (result.success && faults.length === 0) return { ok: true, environment: result.data };
  return { ok: false, faults };
}

/** The faults as lines for a person at a terminal. */
export function describeFaults(faults: readonly EnvironmentFault[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const lines = faults.map(({ variable, message }) => `  ${variable}: ${message}\n`);
  return `The environment has ${count}; nothing was started.\n${lines.join('')}`;
}

const mayBeFile = (variable: string): boolean =>
  FILE_VARIABLES.some((candidate) => candidate === variable);

const isPath = (variable: string): boolean =>
  PATH_VARIABLES.some((candidate) => candidate === variable);

function missingMessage(variable: string): string {
  return mayBeFile(variable) ? `is required (or ${variable}_FILE)` : 'is required';
}

function resolveFiles(
  raw: RawEnvironment,
  variables: readonly string[],
  readFile: (path: string) => string,
): { values: Record<string, string | undefined>; faults: EnvironmentFault[] } {
  const given = (name: string) => (raw[name] === '' ? undefined : raw[name]);
  const values: Record<string, string | undefined> = {};
  const faults: EnvironmentFault[] = [];
  const readOrReport = (path: string, variable: string, prefix = '') => {
    try {
      return readFile(path);
    } catch (error) {
      faults.push({ variable, message: `${prefix}cannot be read (${errorCode(error)})` });
      return undefined;
    }
  };
  for (const variable of variables) {
    values[variable] = given(variable);
    if (isPath(variable)) {
      const path = given(variable);
      // What cannot be read is still given: an empty text, which no schema of theirs takes.
      if (path !== undefined) values[variable] = readOrReport(path, variable) ?? '';
      continue;
    }
    const path = mayBeFile(variable) ? given(`${variable}_FILE`) : undefined;
    if (path === undefined) continue;
    if (values[variable] !== undefined) {
      faults.push({ variable, message: `is given twice: as itself and as ${variable}_FILE` });
      continue;
    }
    values[variable] = readOrReport(path, variable, `${variable}_FILE `)?.replace(/\r?\n$/, '');
  }
  return { values, faults };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
