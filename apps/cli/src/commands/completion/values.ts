import { SCOPES } from '@zhimaper/api-client';
import type { Argument, Option } from 'commander';
import { SETTINGS, type Setting } from '../../config/settings.js';
import { textMember } from '../../net/probe.js';
import type { CliContext } from '../../runtime/context.js';

/** Something that may come next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Whoever waits for a Tab waits no longer than this for the api. */
const PATIENCE_MS = 1_000;

/** The values of an option; none where nothing is known of them. */
export async function valuesOfOption(
  { argChoices, long }: Option,
  typed: string,
  { env }: CliContext,
): Promise<readonly Candidate[]> {
  if (argChoices) return plain(argChoices);
  const setting: Setting | undefined = SETTINGS.find(({ name }) => long === `--${name}`);
  if (setting?.values) return plain(setting.values);
  switch (long) {
    case '--sub-code':
      return codes();
    case '--scopes':
      return listed(SCOPES, typed);
    case '--profile':
      return profiles(env);
    default:
      return [];
  }
}

/** The values of an operand of the command at this path; none where nothing is known of them. */
export async function valuesOfOperand(
  path: string,
  argument: Argument,
  words: readonly string[],
  context: CliContext,
): Promise<readonly Candidate[]> {
  if (argument.argChoices) return plain(argument.argChoices);
  const [group = ''] = path.split(' ');
  switch (`${group} ${argument.name()}`) {
    case 'errors code':
      return codes();
    case 'config name':
      return SETTINGS.map(({ name, description }) => ({ value: name, description }));
    case 'config profile':
      return profiles(context.env);
    case 'authorizations id':
    case 'batch id':
    case 'api-keys id':
      return ids(ROUTES[group] ?? '', words, context);
    default:
      return [];
  }
}

const ROUTES: Readonly<Record<string, string>> = {
  authorizations: '/v1/authorizations',
  batch: '/v1/batches',
  'api-keys': '/v1/api-keys',
};

async function codes(): Promise<Candidate[]> {
  const { listErrors } = await import('@zhimaper/alipay-core/errors');
  return listErrors().map(({ code, subCode, description }) => ({
    value: subCode ?? code ?? '',
    description,
  }));
}

async function profiles(env: CliContext['env']): Promise<Candidate[]> {
  const { readProfiles } = await import('../../config/profile-file.js');
  return plain(Object.keys((await readProfiles(env)).profiles));
}

/** What the api has, the newest first, where it can be reached with what is configured. */
async function ids(
  route: string,
  words: readonly string[],
  context: CliContext,
): Promise<Candidate[]> {
  const [{ readApiSettings }, { withSettings }, { probe }] = await Promise.all([
    import('../../config/api-settings.js'),
    import('../../config/resolve.js'),
    import('../../net/probe.js'),
  ]);
  const at = words.indexOf('--profile');
  const options = at < 0 ? {} : { profile: words[at + 1] };
  const { url, key } = await readApiSettings(await withSettings(context, options, []));
  const answer = await probe(`${url}${route}?limit=50`, {
    headers: { authorization: `Bearer ${key}` },
    timeoutMs: PATIENCE_MS,
    signal: context.signal,
  });
  return answer.reached ? itemsOf(answer.body).map(candidateOf) : [];
}

function itemsOf(body: unknown): readonly unknown[] {
  const items: unknown =
    typeof body === 'object' && body !== null && 'items' in body ? body.items : null;
  return Array.isArray(items) ? (items as unknown[]) : [];
}

function candidateOf(item: unknown): Candidate {
  const about = ['status', 'reference', 'name', 'clientName'].map((name) => textMember(item, name));
  return { value: textMember(item, 'id') ?? '', description: about.filter(Boolean).join(', ') };
}

/** The next one of a list parted by commas. */
function listed(names: readonly string[], typed: string): Candidate[] {
  const given = typed.split(',').slice(0, -1);
  return plain(
    names.filter((name) => !given.includes(name)).map((name) => [...given, name].join(',')),
  );
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value, description: '' }));
}
