import type { Command } from 'commander';
import type { Session } from '../../runtime/session.js';
import type { ConvertOptions } from './convert.js';
import type { GenerateOptions } from './generate.js';
import type { InspectOptions } from './inspect.js';

const GENERATE_HELP = `
Writes app-private-key.pem and app-public-key.pem, mode 0600, both or none; neither replaces a file without
--force. Then it says what to paste where on the open platform's console.

Examples:
  $ zhimaper keys generate
  $ zhimaper keys generate --out-dir keys --bits 3072 --json

With --json: {"privateKeyFile","publicKeyFile","bits","format","publicKey","fingerprint"}; publicKey is the
line to paste.
Exit status: 0, or 2 where a file is there already or cannot be written.`;

const INSPECT_HELP = `
Says what a file holds, however the key was pasted: its kind, format and length, its fingerprint (SHA-256 of the
public half), and what is weak in it. Never shows the key.

Examples:
  $ zhimaper keys inspect app-private-key.pem
  $ zhimaper keys inspect app-private-key.pem --with app-public-key.pem

With --json: {"kind","format","bits","fingerprint","matches","warnings"}; kind is "private" or "public",
matches is null without --with.
Exit status: 0, 1 where the two are no pair, 2 where a file holds no usable key.`;

const CONVERT_HELP = `
Formats: pkcs8 and pkcs1 of a private key, spki and pkcs1 of a public one (default pkcs8 and spki). A private key
goes to a file only (mode 0600); a public one also to stdout.

Examples:
  $ zhimaper keys convert app-private-key.pem --to pkcs1 --out app-private-key-pkcs1.pem
  $ zhimaper keys convert app-private-key.pem --public --bare

With --json: {"kind","format","encoding","file","text"}; text is null where it went to a file.
Exit status: 0, or 2 where the file holds no usable key, or --out is there already.`;

export function addKeysCommands(parent: Command, session: Session): void {
  const keys = parent
    .command('keys')
    .description('make, look at and convert RSA keys')
    .addHelpText(
      'after',
      '\nExample:\n  $ zhimaper keys inspect app-private-key.pem --with app-public-key.pem',
    );
  addGenerate(keys, session);
  addInspect(keys, session);
  addConvert(keys, session);
}

function addGenerate(parent: Command, session: Session): void {
  const command = parent
    .command('generate')
    .description('make a key pair for the application')
    .option('--out-dir <folder>', 'where the two files go', '.')
    .option('--bits <number>', '2048, 3072 or 4096', '2048')
    .option('--to <format>', 'format of the private key: pkcs8 or pkcs1', 'pkcs8')
    .option('--force', 'replace files that are there')
    .addHelpText('after', GENERATE_HELP);
  session.attach<GenerateOptions>(command, {
    emptyResult: () => ({
      privateKeyFile: null,
      publicKeyFile: null,
      bits: null,
      format: null,
      publicKey: null,
      fingerprint: null,
    }),
    load: async () => (await import('./generate.js')).runGenerate,
  });
}

function addInspect(parent: Command, session: Session): void {
  const command = parent
    .command('inspect')
    .description('say what a key file holds, and whether two are a pair')
    .argument('<file>', 'a private key, public key or certificate; - reads stdin')
    .option('--with <file>', 'another one: do both belong together?')
    .option('--passphrase-file <file>', 'opens an encrypted private key; else asked for')
    .addHelpText('after', INSPECT_HELP);
  session.attach<InspectOptions>(command, {
    emptyResult: () => ({
      kind: null,
      format: null,
      bits: null,
      fingerprint: null,
      matches: null,
      warnings: null,
    }),
    load: async () => (await import('./inspect.js')).runInspect,
  });
}

function addConvert(parent: Command, session: Session): void {
  const command = parent
    .command('convert')
    .description('write a key in another format')
    .argument('<file>', 'a private key, public key or certificate; - reads stdin')
    .option('--to <format>', 'pkcs8, pkcs1 or spki')
    .option('--public', 'the public half of a private key')
    .option('--bare', 'one line of base64, without PEM armour')
    .option('--out <file>', 'the file to write')
    .option('--force', 'replace a file that is there')
    .option('--passphrase-file <file>', 'opens an encrypted private key; else asked for')
    .addHelpText('after', CONVERT_HELP);
  session.attach<ConvertOptions>(command, {
    emptyResult: () => ({ kind: null, format: null, encoding: null, file: null, text: null }),
    load: async () => (await import('./convert.js')).runConvert,
  });
}
