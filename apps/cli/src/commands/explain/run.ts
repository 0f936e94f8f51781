import { explainSignature, explainVerification, readPublicKey } from '@zhimaper/alipay-core';
import { ConfigFaults } from '../../config/config-faults.js';
import { readKnownKeys } from '../../config/gateway-settings.js';
import { readKeyFile } from '../../config/key-material.js';
import { readParameters, type ParameterOptions } from '../../input/parameter-source.js';
import { warnOfPersonalArguments } from '../../input/personal-data.js';
import { readSource } from '../../input/source.js';
import { readTextOrFile, sourceIn } from '../../input/text-or-file.js';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { errorInText } from './error-in-text.js';
import { differenceFacts, errorFacts, withCommands, type Explanation } from './explanation.js';
import { showExplanation } from './show.js';

export interface ExplainOptions extends ParameterOptions {
  signed?: string;
  received?: string;
  signature?: string;
  appPublicKeyFile?: string;
  method?: string;
  notification?: string;
  reveal?: boolean;
}

const MAX_BYTES = 1024 * 1024;

/** Says why a signature failed, or what an error means. */
export async function runExplain(run: CommandRun<ExplainOptions>): Promise<CommandOutcome> {
  const { output, options } = run;
  const { signed = '', received = '', param = [] } = options;
  const inline = sourceIn(signed) === null ? [signed] : [];
  await warnOfPersonalArguments(output, [...inline, received, ...param]);
  const explanation = await explain(run);
  await output.result(explanation, (view) => showExplanation(explanation, view));
  return 'success';
}

async function explain({
  context,
  operands: [file],
  options,
}: CommandRun<ExplainOptions>): Promise<Explanation> {
  const { method, notification, received } = options;
  const isSigned =
    options.signed !== undefined || options.input !== undefined || options.param !== undefined;
  const subjects = [file, received, notification].filter((subject) => subject !== undefined);
  if (subjects.length !== 1 || (isSigned && (method ?? notification) !== undefined)) {
    throw new CommandFailure('invalid-usage', 'It is not clear what to explain.', {
      nextStep: 'Give one text: FILE, --received or --notification; see zhimaper explain --help.',
    });
  }
  if (notification !== undefined) {
    const form = await readSource(context, notification, MAX_BYTES);
    return explainVerified(context, 'notification', { notification: form });
  }
  if (file !== undefined && method !== undefined) {
    const answer = await readSource(context, file, MAX_BYTES);
    return explainVerified(context, 'answer', { answer, method });
  }
  const text = received ?? (await readText(context, file ?? '-'));
  return isSigned ? explainRequest(context, options, text) : explainError(text);
}

async function explainRequest(
  context: CliContext,
  options: ExplainOptions,
  echo: string,
): Promise<Explanation> {
  const { signed, signature, appPublicKeyFile, reveal = false } = options;
  const { privateKey, signType, charset } = await readKnownKeys(context);
  const uploaded = await readUploadedKey(context, appPublicKeyFile);
  const what =
    signed === undefined
      ? await readParameters(context, options)
      : (await readTextOrFile(context, signed, '--signed', MAX_BYTES)).text.replace(/\r?\n$/, '');
  const { equal, difference, causes } = explainSignature({
    signed: what,
    echo,
    charset,
    signType,
    reveal,
    ...(privateKey ? { privateKey } : {}),
    ...(uploaded ? { publicKey: uploaded } : {}),
    ...(signature === undefined ? {} : { signature }),
  });
  return {
    about: 'request',
    fits: equal,
    difference: difference && differenceFacts(difference),
    causes: withCommands(causes),
    error: null,
  };
}

async function explainVerified(
  context: CliContext,
  about: 'answer' | 'notification',
  subject: { answer: Uint8Array; method: string } | { notification: Uint8Array },
): Promise<Explanation> {
  const { privateKey, alipayPublicKey, signType, charset } = await readKnownKeys(context);
  if (!alipayPublicKey) {
    throw new CommandFailure('caller-config', "Alipay's public key is not configured.", {
      nextStep: 'Give --public-key-file, or set ALIPAY_PUBLIC_KEY[_FILE].',
    });
  }
  const { verified, causes } = explainVerification(subject, {
    alipayPublicKey,
    // A notification's form names both by itself.
    ...(about === 'answer' ? { signType, charset } : {}),
    ...(privateKey ? { applicationKey: privateKey } : {}),
  });
  const entry =
    'answer' in subject ? errorInText(Buffer.from(subject.answer).toString('latin1')) : null;
  return {
    about,
    fits: verified,
    difference: null,
    causes: withCommands(causes),
    error: entry && errorFacts(entry),
  };
}

function explainError(text: string): Explanation {
  const entry = errorInText(text);
  if (!entry) {
    throw new CommandFailure('not-found', 'No code that the catalogue knows stands in the text.', {
      nextStep: 'Search its words: zhimaper errors --search TEXT.',
    });
  }
  return { about: 'error', fits: null, difference: null, causes: [], error: errorFacts(entry) };
}

async function readText(context: CliContext, source: string): Promise<string> {
  // An answer may be in GBK; what is looked for in it is ASCII, or came back in the request's own bytes.
  const bytes = await readSource(context, source, MAX_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function readUploadedKey(context: CliContext, path: string | undefined) {
  if (path === undefined) return null;
  const faults = new ConfigFaults(context);
  const variable = { name: '--app-public-key-file', parse: readPublicKey };
  const key = await readKeyFile(context, path, variable, faults);
  if (!faults.isEmpty) throw faults.failure();
  return key;
}
