import { describe, expect, it } from '@jest/globals';
import {
  answerBy,
  certificateGateway,
  CONFIGURED,
  DOWNLOAD,
  downloadOf,
  issue,
  METHOD,
  newKey,
  signer,
  type Signer,
} from '../../test/certificate-gateway.js';
import {
  basicConstraints,
  keyUsage,
  makeCertificate,
} from '../../test/support/certificate-maker.js';
import type { TransportResult } from './transport.js';

const ROTATED = signer();
const NOT_TRUSTED =
  'The answer is signed with a certificate that is not trusted, so it is not believed.';
const foreignKey = newKey();
const UNTRUSTED = signer({ signedWith: foreignKey });

/** A gateway that signs by one certificate, and answers a download with what is given. */
function rotatedTo(
  used: Signer,
  download: () => TransportResult | Promise<TransportResult> = () => downloadOf(used, used),
) {
  return certificateGateway((method) => (method === DOWNLOAD ? download() : answerBy(used)));
}

describe('an answer by a certificate that is not known', () => {
  it('is completed with the certificate downloaded, which is remembered', async () => {
    const { client, sent, downloads } = rotatedTo(ROTATED);

    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success', data: { id: '1' } });
    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success' });
    expect(downloads()).toEqual([`{"alipay_cert_sn":"${ROTATED.sn}"}`]);
    expect(sent.map(({ method }) => method)).toEqual([METHOD, DOWNLOAD, METHOD]);
  });

  it('is completed for 50 calls at once with one download', async () => {
    const { client, downloads } = rotatedTo(ROTATED, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return downloadOf(ROTATED, ROTATED);
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.execute(METHOD)));

    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(50).fill('success'));
    expect(downloads()).toHaveLength(1);
  });

  it('is completed by a download signed as before', async () => {
    const { client } = rotatedTo(ROTATED, () => downloadOf(ROTATED, CONFIGURED));

    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success' });
  });

  it('is completed over an authority that came with the certificate', async () => {
    const key = newKey();
    const extensions = [basicConstraints(true), keyUsage(0x06)];
    const authority = issue({ subject: 'Class 2', key, extensions });
    const below = signer({ issuer: 'Class 2', signedWith: key });
    const withAuthority = { ...below, certificate: below.certificate + authority };

    expect(await rotatedTo(withAuthority).client.execute(METHOD)).toMatchObject({
      outcome: 'success',
    });
    expect(await rotatedTo(below).client.execute(METHOD)).toMatchObject({
      reason: 'untrusted-certificate',
    });
  });

  it('is completed where the first download found no answer', async () => {
    const results: TransportResult[] = [
      { kind: 'no-answer', reason: 'connection-reset' },
      downloadOf(ROTATED, ROTATED),
    ];
    const { client } = rotatedTo(ROTATED, () => results.shift()!);

    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success' });
  });

  it("leaves the merchant's authorisation out of the download", async () => {
    const { client, sent } = rotatedTo(ROTATED);
    await client.execute(METHOD, { appAuthToken: 'merchant' });

    expect(sent.map(({ query }) => query.get('app_auth_token'))).toEqual(['merchant', null]);
  });
});

describe('an answer by a certificate that is not taken on', () => {
  const unsigned = (): TransportResult => {
    const content = Buffer.from(ROTATED.certificate).toString('base64');
    const value = `{"code":"10000","alipay_cert_content":"${content}"}`;
    const body = Buffer.from(`{"${DOWNLOAD.replaceAll('.', '_')}_response":${value}}`);
    return { kind: 'response', status: 200, headers: {}, body };
  };
  const error = '{"code":"40002","sub_code":"isv.alipay-cert-not-exist"}';
  const other = signer({ serialNumber: 5n });
  const expired = signer({ notAfter: new Date('2029-01-01T00:00:00Z') });
  const selfSigned = { ...ROTATED, certificate: '' };
  selfSigned.certificate = makeCertificate({
    ...{ subject: 'Alipay', issuer: 'Root', key: ROTATED.key, signedWith: ROTATED.key },
    serialNumber: 4n,
  });

  it.each([
    [
      'by a foreign authority',
      UNTRUSTED,
      () => downloadOf(UNTRUSTED, UNTRUSTED),
      'The certificate that it names is not to be trusted. The certificate with the serial number 4 is not signed by the issuer that it names, or with an algorithm that is not trusted.',
    ],
    [
      'by itself in the name of the root',
      selfSigned,
      () => downloadOf(selfSigned, selfSigned),
      'The certificate that it names is not to be trusted. The certificate with the serial number 4 is not signed by the issuer that it names, or with an algorithm that is not trusted.',
    ],
    [
      'that has expired',
      expired,
      () => downloadOf(expired, expired),
      'The certificate that it names is not to be trusted. The certificate with the serial number 4 expired at 2029-01-01T00:00:00.000Z.',
    ],
    [
      'in whose place another came',
      ROTATED,
      () => downloadOf(other, other),
      'The certificate that came instead of the one it names is another.',
    ],
    [
      'that came unsigned',
      ROTATED,
      unsigned,
      'The certificate that it names could not be downloaded. The answer carries no signature, so it is not believed.',
    ],
    [
      'that came signed by neither it nor a known one',
      ROTATED,
      () => downloadOf(ROTATED, { key: newKey(), sn: ROTATED.sn }),
      "The certificate that it names could not be downloaded. The answer's signature is not Alipay's for these bytes, so it is not believed.",
    ],
    [
      'that the gateway does not have',
      ROTATED,
      () => answerBy(CONFIGURED, DOWNLOAD, error),
      "The certificate that it names could not be downloaded. Alipay's own certificate that belongs to the application does not exist.",
    ],
    [
      'whose download never comes',
      ROTATED,
      (): TransportResult => ({ kind: 'not-sent', reason: 'connection-refused' }),
      'The certificate that it names could not be downloaded. The gateway refused the connection; nothing was sent.',
    ],
    [
      'whose content is none',
      ROTATED,
      () => downloadOf({ certificate: 'x' }, CONFIGURED),
      'The certificate that it names is not to be trusted. Found damaged base64, wanted an X.509 certificate.',
    ],
  ])('%s is an unknown outcome whose bytes are kept', async (_, used, download, remark) => {
    const { client } = rotatedTo(used, download);
    const answer = await client.execute(METHOD);

    expect(answer).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'untrusted-certificate',
      verified: false,
      description: `${NOT_TRUSTED} ${remark}`,
      rawBody: (answerBy(used) as { body: Uint8Array }).body,
    });
  });

  it('says of an error what it claims', async () => {
    const value = '{"code":"40004","sub_code":"NO_USER_ERROR"}';
    const { client } = certificateGateway((method) =>
      method === DOWNLOAD ? downloadOf(UNTRUSTED, UNTRUSTED) : answerBy(UNTRUSTED, METHOD, value),
    );
    const answer = await client.execute(METHOD);

    expect(answer).toMatchObject({ outcome: 'unknown-outcome', reason: 'untrusted-certificate' });
    expect(answer).toMatchObject({ description: expect.stringContaining('It claims: ') });
  });

  it('is not asked for again at once, nor are many others', async () => {
    const names = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(32, '0'));
    let next = 0;
    const { client, downloads } = certificateGateway((method) =>
      method === DOWNLOAD
        ? answerBy(CONFIGURED, DOWNLOAD, error)
        : answerBy({ key: foreignKey, sn: names[next++ % 50]! }),
    );
    for (let call = 0; call < 100; call += 1) {
      expect(await client.execute(METHOD)).toMatchObject({ reason: 'untrusted-certificate' });
    }

    expect(downloads()).toEqual(names.slice(0, 8).map((sn) => `{"alipay_cert_sn":"${sn}"}`));
  });

  it('is not downloaded where its name is no serial number, or the answer unsigned', async () => {
    const { client, downloads } = rotatedTo({ ...ROTATED, sn: '../../x' });
    await client.execute(METHOD);
    const body = `{"alipay_any_method_response":{"code":"10000"},"alipay_cert_sn":"${ROTATED.sn}"}`;
    const silent = certificateGateway(() => ({
      ...{ kind: 'response', status: 200, headers: {}, body: Buffer.from(body) },
    }));

    expect(await silent.client.execute(METHOD)).toMatchObject({ reason: 'unsigned-answer' });
    expect([...downloads(), ...silent.downloads()]).toEqual([]);
  });
});

describe('a call that waits for a certificate', () => {
  const later = (milliseconds: number) =>
    rotatedTo(ROTATED, async () => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return downloadOf(ROTATED, ROTATED);
    });

  it('ends at its own deadline, and another one goes on', async () => {
    const { client, downloads } = later(400);
    const [hasty, patient] = await Promise.all([
      client.execute(METHOD, { timeoutMs: 50 }),
      client.execute(METHOD),
    ]);

    expect(hasty).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'untrusted-certificate',
      description: `${NOT_TRUSTED} The certificate that it names did not come in time.`,
    });
    expect(patient).toMatchObject({ outcome: 'success' });
    expect(downloads()).toHaveLength(1);
  });

  it('ends when it is given up, with the bytes of its answer', async () => {
    const giveUp = new AbortController();
    const { client } = later(400);
    const call = client.execute(METHOD, { signal: giveUp.signal });
    setTimeout(() => giveUp.abort(), 30);
    const answer = await call;

    expect(answer).toMatchObject({ reason: 'untrusted-certificate' });
    expect(answer).toMatchObject({ rawBody: expect.any(Uint8Array) });
  });
});
