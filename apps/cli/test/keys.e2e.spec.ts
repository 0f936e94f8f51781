import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { useFolder } from './support/folder.js';
import { newKeyPair } from './support/keys.js';

const at = useFolder();
const PAIR = newKeyPair();
const OTHER = newKeyPair();

describe('zhimaper keys generate', () => {
  it('writes both halves for their owner alone, and says what to paste where', async () => {
    const run = await runCli(['keys', 'generate', '--out-dir', at('keys'), '--json']);
    const files = {
      private: at('keys/app-private-key.pem'),
      public: at('keys/app-public-key.pem'),
    };
    const privateKey = createPrivateKey(await readFile(files.private));
    const publicKey = createPublicKey(await readFile(files.public));
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(createPublicKey(privateKey).equals(publicKey)).toBe(true);
    expect(JSON.parse(run.stdout)).toEqual({
      privateKeyFile: files.private,
      publicKeyFile: files.public,
      bits: 2048,
      format: 'pkcs8',
      publicKey: spki,
      fingerprint: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
    });
    expect((await stat(files.private)).mode & 0o777).toBe(0o600);
    expect((await stat(at('keys'))).mode & 0o777).toBe(0o700);
    expect(await readdir(at('keys'))).toEqual(['app-private-key.pem', 'app-public-key.pem']);
    expect(run.stderr).toContain('接口加签方式');
    expect(run.status).toBe(0);
  });

  it('never replaces a key by itself, and leaves no half of a pair', async () => {
    await writeFile(at('app-public-key.pem'), 'mine');
    const run = await capture(['keys', 'generate', '--out-dir', at()]);
    expect(run.stderr).toContain('app-public-key.pem is there already; it was not touched.');
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(await readdir(at())).toEqual(['app-public-key.pem']);
    expect(await readFile(at('app-public-key.pem'), 'utf8')).toBe('mine');
  });

  it('replaces it with --force', async () => {
    await writeFile(at('app-private-key.pem'), 'old');
    const run = await capture(['keys', 'generate', '--out-dir', at(), '--force', '--to', 'pkcs1']);
    expect(run.status).toBe(0);
    expect(await readFile(at('app-private-key.pem'), 'utf8')).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\n/,
    );
  });

  it.each([
    ['--bits', '1024', '--bits takes 2048, 3072 or 4096.'],
    ['--to', 'spki', '--to names no format of this key.'],
  ])('refuses %s %s', async (option, value, message) => {
    const run = await capture(['keys', 'generate', '--out-dir', at(), option, value, '--json']);
    expect(run.stderr).toContain(message);
    expect(run.stdout).toBe(
      '{"privateKeyFile":null,"publicKeyFile":null,"bits":null,"format":null,"publicKey":null,"fingerprint":null}\n',
    );
    expect(run.status).toBe(2);
    expect(await readdir(at())).toEqual([]);
  });
});

describe('zhimaper keys inspect', () => {
  it('says what a key is, and never shows it', async () => {
    const run = await runCli(['keys', 'inspect', '-'], { stdin: PAIR.privateKey });
    expect(run.stdout).toMatch(
      /^kind\tprivate\nformat\tPKCS#8\nbits\t2048\nfingerprint\t[\da-f]{64}\n$/,
    );
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['its own half', PAIR.publicKey, true, 0],
    ['a stranger', OTHER.publicKey, false, 1],
  ])('compares a key with %s', async (_what, publicKey, matches, status) => {
    await writeFile(at('a.pem'), PAIR.privateKey);
    await writeFile(at('b.pem'), publicKey);
    const run = await capture(['keys', 'inspect', at('a.pem'), '--with', at('b.pem'), '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'private', matches, warnings: [] });
    expect(run.status).toBe(status);
  });

  it('opens an encrypted key with the passphrase of a file', async () => {
    const key = createPrivateKey(PAIR.privateKey).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    });
    await writeFile(at('key.pem'), key);
    await writeFile(at('word'), 'open sesame\n');
    const args = ['keys', 'inspect', at('key.pem'), '--json'];
    const opened = await capture([...args, '--passphrase-file', at('word')]);
    expect(JSON.parse(opened.stdout)).toMatchObject({ kind: 'private', bits: 2048 });
    const closed = await capture(args);
    expect(closed.stderr).toContain('encrypted private key without its passphrase');
    expect(closed.status).toBe(2);
  });

  it('says what else it found', async () => {
    const run = await capture(['keys', 'inspect', '-'], { stdin: 'ssh-rsa AAAA' });
    expect(run.stderr).toContain('error: stdin: ');
    expect(run.stderr).toContain('OpenSSH');
    expect(run.status).toBe(2);
  });
});

describe('zhimaper keys convert', () => {
  it.each([
    ['pkcs1', [], /^-----BEGIN RSA PRIVATE KEY-----\n/],
    ['pkcs8', [], /^-----BEGIN PRIVATE KEY-----\n/],
    ['pkcs1', ['--bare'], /^MII[\w+/]+=*\n$/],
  ])('writes a private key as %s %j, and openssl reads it', async (format, flags, expected) => {
    const args = ['keys', 'convert', '-', '--to', format, '--out', at('out.pem'), ...flags];
    const run = await capture([...args, '--json'], { stdin: PAIR.privateKey });
    expect(run.stdout).toBe(
      `{"kind":"private","format":"${format}","encoding":"${flags.length > 0 ? 'bare' : 'pem'}","file":"${at('out.pem')}","text":null}\n`,
    );
    const written = await readFile(at('out.pem'), 'utf8');
    expect(written).toMatch(expected);
    expect((await stat(at('out.pem'))).mode & 0o777).toBe(0o600);
    const form = flags.length > 0 ? 'DER' : 'PEM';
    const bytes = form === 'DER' ? Buffer.from(written, 'base64') : written;
    const shown = execFileSync('openssl', ['rsa', '-inform', form, '-pubout'], {
      input: bytes,
      stdio: 'pipe',
    });
    expect(shown.toString()).toBe(PAIR.publicKey);
  });

  it('prints the public half exactly as openssl writes it', async () => {
    const run = await runCli(['keys', 'convert', '-', '--public'], { stdin: PAIR.privateKey });
    expect(run).toEqual({ status: 0, stdout: PAIR.publicKey, stderr: '' });
  });

  it('prints no private key', async () => {
    const run = await capture(['keys', 'convert', '-', '--json'], { stdin: PAIR.privateKey });
    expect(run.stderr).toContain('error: A private key is not printed.');
    expect(run.stdout).toBe(
      '{"kind":null,"format":null,"encoding":null,"file":null,"text":null}\n',
    );
    expect(run.status).toBe(2);
  });
});
