import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { messageOf, StackError } from '../stack-error.js';

/** What of a service is needed to run it without an engine. */
export interface ComposeService {
  name: string;
  /** The image's name; undefined where it is built from this repository. */
  image: string | undefined;
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** The command that tells whether it is healthy; undefined where nothing tells. */
  healthcheck: readonly string[] | undefined;
  /** `source:target`, without what follows. */
  volumes: readonly { source: string; target: string }[];
  /** The services that it waits for, each with the condition. */
  dependsOn: Readonly<Record<string, string>>;
  replicas: number;
}

/**
 * Reads the services of a Compose file, in the order of the file.
 *
 * Source: the Compose specification, sections "Interpolation", "command", "environment", "healthcheck", "volumes".
 *
 * @param variables what `${NAME}` stands for
 * @throws StackError `COMPOSE_FILE_UNUSABLE`, also where a service comes before one that it depends on
 */
export async function readComposeFile(
  path: string,
  variables: Readonly<Record<string, string>>,
): Promise<ComposeService[]> {
  try {
    const document: unknown = parse(await readFile(path, 'utf8'), { merge: true });
    const services = Object.entries(record(record(document)['services']));
    const read = services.map(([name, service]) => readService(name, record(service), variables));
    const seen = new Set<string>();
    for (const { name, dependsOn } of read) {
      const missing = Object.keys(dependsOn).find((other) => !seen.has(other));
      if (missing) throw new Error(`${name} comes before ${missing}, which it depends on`);
      seen.add(name);
    }
    return read;
  } catch (cause) {
    throw new StackError('COMPOSE_FILE_UNUSABLE', `Cannot use ${path}: ${messageOf(cause)}.`, {
      nextStep: 'Correct the file.',
      cause,
    });
  }
}

/**
 * The services in the order in which they can start: those of one level wait for none of each other.
 */
export function levelsOf(services: readonly ComposeService[]): ComposeService[][] {
  const levels: ComposeService[][] = [];
  const levelOf = new Map<string, number>();
  for (const service of services) {
    const below = Object.keys(service.dependsOn).map((other) => levelOf.get(other) ?? -1);
    const level = Math.max(-1, ...below) + 1;
    levelOf.set(service.name, level);
    (levels[level] ??= []).push(service);
  }
  return levels;
}

/** Whether others wait for the service's end, since it does its work once. */
export function endsByItself({ name }: ComposeService, all: readonly ComposeService[]): boolean {
  return all.some(({ dependsOn }) => dependsOn[name] === 'service_completed_successfully');
}

function readService(
  name: string,
  service: Record<string, unknown>,
  variables: Readonly<Record<string, string>>,
): ComposeService {
  const fill = (value: unknown) => interpolate(text(value), variables);
  const test = record(service['healthcheck'] ?? {})['test'];
  return {
    name,
    image: service['image'] === undefined ? undefined : text(service['image']),
    command: list(service['command'] ?? []).map(fill),
    environment: Object.fromEntries(
      Object.entries(record(service['environment'] ?? {})).map(([key, value]) => [
        key,
        fill(value),
      ]),
    ),
    // The first word says how the others are run; `CMD` is the only way here.
    healthcheck: test === undefined ? undefined : list(test).slice(1).map(fill),
    volumes: list(service['volumes'] ?? []).map((volume) => {
      const [source = '', target = ''] = text(volume).split(':');
      return { source, target };
    }),
    dependsOn: Object.fromEntries(
      Object.entries(record(service['depends_on'] ?? {})).map(([other, how]) => [
        other,
        text(record(how)['condition']),
      ]),
    ),
    replicas: Number(record(service['deploy'] ?? {})['replicas'] ?? 1),
  };
}

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
export function interpolate(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind, rest) => {
    const found = variables[name];
    if (found !== undefined) return found;
    if (kind === '-') return String(rest);
    throw new Error(`the variable ${name} has no value`);
  });
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${JSON.stringify(value)} is not a mapping`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${JSON.stringify(value)} is not a list`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`${JSON.stringify(value)} is not a text`);
}
