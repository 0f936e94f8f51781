import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

import { certificateSerialNumber, readCertificates } from '../src/signing/index.js';
import { issuerFixture, type IssuerFixture } from './fixtures/issuers/issuer-fixture.js';

const pathOf = (name: string) =>
  fileURLToPath(new URL(`fixtures/issuers/${name}`, import.meta.url));
const fixture = JSON.parse(readFileSync(pathOf('issuers.json'), 'utf8')) as IssuerFixture[];

describe('200 issuers', () => {
  it('are the ones that their models make', () => {
    expect(fixture).toHaveLength(200);
    expect(issuerFixture()).toEqual(fixture);
  });

  it('are read as their models say, and where there is a JDK, it reads them so too', () => {
    const readings = [fixture.map(readByCore), ...readByJdk()];

    for (const reading of readings) expect(reading).toEqual(fixture);
    // A JDK that compiles first, on a machine under load.
  }, 90_000);
});

function readByCore({ certificate }: IssuerFixture): IssuerFixture {
  const [read] = readCertificates(certificate);
  return {
    certificate,
    issuer: read?.issuer ?? '',
    serialNumber: read?.serialNumber ?? '',
    certificateSerialNumber: certificateSerialNumber(certificate),
  };
}

/** One reading, or none where no JDK (which has a compiler, unlike a runtime) is on the path. */
function readByJdk(): IssuerFixture[][] {
  const modules = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  if (!/^jdk\.compiler@/m.test(modules.stdout ?? '')) return [];
  const { stdout, stderr } = spawnSync('java', [pathOf('JdkNames.java')], {
    input: fixture.map(({ certificate }) => `${certificate}\n`).join(''),
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  return [
    lines.map((line, index) => {
      const [issuer = '', serialNumber = '', digest = ''] = line.split(',');
      return {
        certificate: fixture[index]?.certificate ?? '',
        issuer: Buffer.from(issuer, 'base64').toString('utf8'),
        serialNumber,
        certificateSerialNumber: digest,
      };
    }),
  ];
}
