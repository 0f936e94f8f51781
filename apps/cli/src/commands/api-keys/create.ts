import { SCOPES, type IssuedApiKey, type Scope } from '@zhimaper/api-client';
import { z } from 'zod';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import { StdoutError } from '../../runtime/output.js';
import type { CommandRun } from '../../runtime/session.js';

export interface CreateOptions {
  name: string;
  scopes: string;
  client?: string;
  /** In milliseconds. */
  expiresIn?: number;
}

/** Makes a key and prints it, alone, the one time that it can be had. */
export async function runCreate({
  context,
  output,
  options: { name, scopes, client, expiresIn },
}: CommandRun<CreateOptions>): Promise<CommandOutcome> {
  const wanted = readScopes(scopes);
  const api = await connectToApi(context);
  const { data } = await ask(
    api.POST('/v1/api-keys', {
      body: {
        name,
        scopes: wanted,
        ...(client === undefined ? {} : ownerOf(client)),
        ...(expiresIn === undefined
          ? {}
          : { expiresAt: new Date(context.now().getTime() + expiresIn).toISOString() }),
      },
      signal: context.signal,
    }),
    'effect',
  );
  await output
    .result({ outcome: 'success', ...data, error: null }, () => [data.key])
    .catch((error: unknown) => {
      throw lostKey(data, error);
    });
  await output.note(
    `Made the key ${data.id} of the client ${data.clientName}; it is shown this once.`,
  );
  return 'success';
}

function readScopes(text: string): Scope[] {
  const names = text.split(',').map((name) => name.trim());
  const known = SCOPES.filter((scope) => names.includes(scope));
  if (known.length === new Set(names).size) return known;
  throw new CommandFailure('invalid-usage', '--scopes names something that is no scope.', {
    nextStep: `Use some of ${SCOPES.join(', ')}, parted by commas.`,
  });
}

/** A client by id, or by name; by name it is made where there is none. */
function ownerOf(client: string): { clientId: string } | { clientName: string } {
  return z.uuid().safeParse(client).success ? { clientId: client } : { clientName: client };
}

function lostKey({ id }: IssuedApiKey, error: unknown): unknown {
  if (!(error instanceof StdoutError)) return error;
  const message = `The key ${id} was made, but could not be written to stdout (${error.code}) and is lost.`;
  return new CommandFailure('unknown-outcome', message, {
    nextStep: `Revoke it: zhimaper api-keys revoke ${id}. Then make another.`,
    cause: error,
  });
}
