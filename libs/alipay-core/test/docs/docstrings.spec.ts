import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import {
  examplePath,
  valueNames,
  openProgram,
  publicExamples,
  publicFunctions,
  publicNumbers,
} from './public-api.js';

/** What the examples take for granted. */
const GIVEN = `
import { readFile } from 'node:fs/promises';
import type * as core from '../../src/index.js';
declare const client: core.AlipayClient;
declare const identity: core.GatewayIdentity;
declare const appId: string, privateKey: string, alipayPublicKey: string, pem: string, text: string;
declare const certNo: string, name: string, mobile: string, method: string, base64: string;
declare const signature: string, subMsg: string, appCertificate: string;
declare const alipayCertificate: string, alipayRootCertificate: string;
declare const body: Uint8Array, rawBody: Uint8Array, signedBytes: Uint8Array;
declare const parameters: Record<string, string>;
declare const stored: { refreshToken: string };
declare function store(access: string, refresh: string, expiresIn?: number | null): Promise<void>;
declare function handleOnce(id: string | null, params: Readonly<Record<string, string>>): Promise<void>;
`;
/** What a number counts. */
const UNIT =
  /milliseconds|seconds|bytes|\bbits\b|\d MiB|levels|calls|connections|digits|characters|columns|code units|readings|certificates|^128, 192 or 256/i;

const program = openProgram(new Map());
const functions = publicFunctions(program);

describe('the docstring of each public function', () => {
  it('is looked at', () => {
    const names = functions.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'index: AlipayClient.execute',
        'index: AlipayClient.close',
        'index: prepareRequest',
        'index: findError',
        'index: sign',
        'index: PublicKey.equals',
        'portable: sign',
      ]),
    );
    expect(names.length).toBeGreaterThan(35);
  });

  it.each(functions)('of $name says what is needed', (documented) => {
    const { text, parameters, examples } = documented;
    // A sentence, what it throws, and where its rules come from.
    expect(text).toMatch(/^[A-Z][^]*?\.(\s|$)/);
    expect(text).toMatch(/\b(Throws|Never throws)\b/);
    expect(text).toMatch(/\bSource: \w/);
    expect(examples).not.toEqual([]);
    expect(documented.documented).toHaveLength(parameters.length);
    for (const [at, parameter] of parameters.entries()) {
      // One that is taken apart at once has no name of its own.
      const name = parameter.startsWith('__') ? String.raw`\w+` : parameter;
      expect(documented.documented[at]).toMatch(new RegExp(`^${name} \\S`));
    }
  });
});

describe('the docstring of each public number', () => {
  it.each(publicNumbers(program))('of $name names the unit', ({ text }) => {
    expect(text).toMatch(UNIT);
  });
});

describe('each example', () => {
  it('compiles', () => {
    const files = new Map(
      publicExamples(program).map(({ entry, code }, at) => {
        const imports = `import { ${valueNames(program, entry).join(', ')} } from '../../src/${entry}.js';`;
        const file = `${GIVEN}${imports}\nexport async function example() {\n${code}\n}\n`;
        return [examplePath(at), file];
      }),
    );
    const withExamples = openProgram(files, program);
    const faults = [...files.keys()].flatMap((path) => {
      const file = withExamples.getSourceFile(path)!;
      const found = [
        ...withExamples.getSyntacticDiagnostics(file),
        ...withExamples.getSemanticDiagnostics(file),
      ];
      return found.map(({ start = 0, messageText }) => {
        const { line } = file.getLineAndCharacterOfPosition(start);
        const code = file.text.split('\n')[line]!;
        return `${ts.flattenDiagnosticMessageText(messageText, ' ')} in: ${code}`;
      });
    });
    expect(faults).toEqual([]);
    expect(files.size).toBeGreaterThan(38);
  }, 60_000);
});
