import { X509Certificate, type KeyObject } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import {
  createGatewaySandbox,
  type GatewaySandbox,
  type SandboxCertificates,
} from '../src/index.js';
import { exchangeJson } from './support/http.js';
import { pems, snByOpenssl } from './support/openssl.js';
import { call, callAndOpen, NOW, open, type CallOptions } from './support/signed-call.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DOWNLOAD = 'alipay.open.app.alipaycert.download';

let sandbox: GatewaySandbox;
let now = NOW;
let certificates: SandboxCertificates;
let appSn: string;
let rootSn: string;
let alipaySn: string;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => now, timestampToleranceMs: Infinity });
  certificates = await sandbox.certificates();
  appSn = await snByOpenssl(certificates.appCert);
  alipaySn = await snByOpenssl(certificates.alipayCert);
  const [, ownRoot, oldRoot] = pems(certificates.alipayRootCert);
  rootSn = `${await snByOpenssl(ownRoot!)}_${await snByOpenssl(oldRoot!)}`;
});
afterEach(() => {
  now = NOW;
  sandbox.reset();
});
afterAll(() => sandbox.close());

const keyOf = (chain: string): KeyObject => new X509Certificate(chain).publicKey;

/** A call in certificate mode; `change` may change its serial numbers. */
const certified = (options: CallOptions = {}): CallOptions => ({
  ...options,
  change: { app_cert_sn: appSn, alipay_root_cert_sn: rootSn, ...options.change },
});

const download = (sn: unknown, options: CallOptions = {}) =>
  certified({ ...options, bizContent: { alipay_cert_sn: sn }, change: { method: DOWNLOAD } });

describe('a request in certificate mode', () => {
  it.each(['RSA2', 'RSA'])(
    'signed with %s is accepted and answered by certificate',
    async (signType) => {
      const publicKey = keyOf(certificates.alipayCert);
      const options = certified({ charset: 'GBK', signType, publicKey });
      const { member, verified, certSn } = await callAndOpen(sandbox, options);
      expect([member['code'], verified, certSn]).toEqual(['10000', true, alipaySn]);
      expect(sandbox.ledger().requests.map((one) => [one.mode, one.verdict])).toEqual([
        ['certificate', 'accepted'],
      ]);
    },
  );

  it.each<[string, Record<string, string | null>, string]>([
    ['no app_cert_sn', { app_cert_sn: null }, 'isv.missing-app-cert-sn'],
    ['no alipay_root_cert_sn', { alipay_root_cert_sn: null }, 'isv.missing-alipay-root-cert-sn'],
    ['another app_cert_sn', { app_cert_sn: '0'.repeat(32) }, 'isv.app-cert-not-exist'],
    [
      'another alipay_root_cert_sn',
      { alipay_root_cert_sn: '0'.repeat(32) },
      'isv.invalid-alipay-root-cert-sn',
    ],
  ])('with %s is refused', async (_, change, subCode) => {
    const { member, verified, certSn } = await callAndOpen(sandbox, certified({ change }));
    expect([member['code'], member['sub_code'], verified, certSn]).toEqual([
      '40002',
      subCode,
      true,
      alipaySn,
    ]);
    expect(sandbox.ledger().tokens).toEqual([]);
  });

  it('is refused, and answered by key, as long as nobody was given a certificate', async () => {
    const other = await createGatewaySandbox({ keys: sandbox.keys, clock: () => NOW });
    const { member, verified, certSn } = await callAndOpen(other, certified());
    await other.close();
    expect([member['sub_code'], verified, certSn]).toEqual([
      'isv.app-cert-not-exist',
      true,
      undefined,
    ]);
  });

  it('is refused once the app certificate is over', async () => {
    now = NOW + 20 * 365 * DAY_MS;
    expect((await callAndOpen(sandbox, certified())).member['code']).toBe('10000');
    now += 1000;
    expect((await callAndOpen(sandbox, certified())).member['sub_code']).toBe('app-cert-expired');
  });

  it('puts the number of the certificate beside sign, before the member too', async () => {
    sandbox.addScenario({ then: { signFirst: true } });
    const { body } = await call(sandbox, certified());
    expect(body.toString()).toMatch(
      /^\{"sign":"[^"]+","alipay_cert_sn":"[0-9a-f]{32}","alipay_user_auth_zhimaper_inner_apply_response":\{/,
    );
  });
});

describe('the certificates', () => {
  it('lead from leaf to root, which stands between an SM2 root and another RSA one', () => {
    const [leaf, issuing] = pems(certificates.alipayCert).map((pem) => new X509Certificate(pem));
    const app = new X509Certificate(certificates.appCert);
    const roots = pems(certificates.alipayRootCert).map((pem) => new X509Certificate(pem));
    const root = roots[1]!;
    expect(leaf!.verify(issuing!.publicKey)).toBe(true);
    expect(app.verify(issuing!.publicKey)).toBe(true);
    expect(issuing!.verify(root.publicKey)).toBe(true);
    expect([app.ca, leaf!.ca, issuing!.ca, root.ca]).toEqual([false, false, true, true]);
    // SM2 with SM3 is OID 1.2.156.10197.1.501.
    const sm2 = Buffer.from('06082a811ccf55018375', 'hex');
    expect(roots.map((one) => one.raw.includes(sm2))).toEqual([true, false, false]);
  });

  it('can be asked for over HTTP', async () => {
    expect(await exchangeJson(`${sandbox.url}/_sandbox/certificate`, 'GET')).toEqual({
      status: 200,
      json: {
        ...certificates,
        current: {
          alipayCertSn: alipaySn,
          alipayCert: certificates.alipayCert,
          trusted: true,
        },
      },
    });
  });
});

describe('a rotation', () => {
  const rotate = async (body: unknown = {}) => {
    const url = `${sandbox.url}/_sandbox/certificate/rotate`;
    const { status, json } = await exchangeJson(url, 'POST', body);
    return { status, ...(json as { alipayCertSn: string; alipayCert: string; trusted: boolean }) };
  };

  it('signs by a new certificate of the same authority, which can be downloaded', async () => {
    const { status, alipayCertSn, alipayCert, trusted } = await rotate({ trusted: true });
    expect([status, trusted, alipayCertSn]).toEqual([200, true, await snByOpenssl(alipayCert)]);
    expect(alipayCertSn).not.toBe(alipaySn);

    const publicKey = keyOf(alipayCert);
    expect(await callAndOpen(sandbox, certified({ publicKey }))).toMatchObject({
      verified: true,
      certSn: alipayCertSn,
    });
    expect((await callAndOpen(sandbox, certified())).verified).toBe(false);

    const { member, memberName, verified } = await callAndOpen(
      sandbox,
      download(alipayCertSn, { publicKey }),
    );
    expect([memberName, verified]).toEqual(['alipay_open_app_alipaycert_download_response', true]);
    expect(member).toEqual({
      msg: 'Success',
      code: '10000',
      alipay_cert_content: Buffer.from(alipayCert).toString('base64'),
    });
    const [leaf, issuing] = pems(alipayCert).map((pem) => new X509Certificate(pem));
    expect(leaf!.verify(issuing!.publicKey)).toBe(true);
    expect(issuing!.verify(keyOf(pems(certificates.alipayRootCert)[1]!))).toBe(true);
    expect(sandbox.ledger().requests.map((one) => one.method?.split('.').at(-1))).toEqual([
      'apply',
      'apply',
      'download',
    ]);
  });

  it('under a foreign authority of the same name does not lead to the root', async () => {
    const { alipayCert, alipayCertSn } = await sandbox.rotateCertificate({ trusted: false });
    const [leaf, foreign] = pems(alipayCert).map((pem) => new X509Certificate(pem));
    const [, own] = pems(certificates.alipayCert).map((pem) => new X509Certificate(pem));
    const root = keyOf(pems(certificates.alipayRootCert)[1]!);
    expect([foreign!.subject, foreign!.issuer]).toEqual([own!.subject, own!.issuer]);
    expect([leaf!.verify(foreign!.publicKey), foreign!.verify(root)]).toEqual([true, false]);
    expect(leaf!.verify(own!.publicKey)).toBe(false);
    const publicKey = keyOf(alipayCert);
    expect(await callAndOpen(sandbox, certified({ publicKey }))).toMatchObject({
      verified: true,
      certSn: alipayCertSn,
    });
  });

  it.each([
    [10, '2026-11-23T08:00:00.000Z', '2026-12-04T08:00:00.000Z'],
    [-3, '2026-11-20T08:00:00.000Z', '2026-11-21T08:00:00.000Z'],
  ])('with validDays %s is valid from %s to %s', async (validDays, from, to) => {
    const { alipayCert } = await rotate({ validDays });
    const { validFrom, validTo } = new X509Certificate(alipayCert);
    expect([new Date(validFrom).toISOString(), new Date(validTo).toISOString()]).toEqual([
      from,
      to,
    ]);
  });

  it('changes nothing in key mode', async () => {
    await rotate();
    const { verified, certSn } = await callAndOpen(sandbox);
    expect([verified, certSn]).toEqual([true, undefined]);
  });

  it('is undone by DELETE, and what it issued can still be downloaded', async () => {
    const { alipayCertSn } = await rotate();
    const undone = await exchangeJson(`${sandbox.url}/_sandbox/certificate/rotate`, 'DELETE');
    expect(undone).toEqual({ status: 204, json: null });
    const answer = await call(sandbox, download(alipayCertSn));
    const { member, certSn } = open(answer, sandbox);
    expect([certSn, member['code']]).toEqual([alipaySn, '10000']);
  });

  it.each([
    [[], 'The rotation is not an object.'],
    [{ trust: true }, 'The rotation has an unknown member "trust".'],
    [{ trusted: 'no' }, 'The rotation: "trusted" has to be true or false.'],
    [
      { validDays: 0.5 },
      'The rotation: "validDays" has to be a whole number of days, -36500 to 36500.',
    ],
  ])('of %j is refused', async (body, error) => {
    const url = `${sandbox.url}/_sandbox/certificate/rotate`;
    expect(await exchangeJson(url, 'POST', body)).toEqual({ status: 400, json: { error } });
  });

  it.each([
    ['an unknown number', '0'.repeat(32), 'isv.alipay-cert-not-exist'],
    ['no number', undefined, 'isv.invalid-parameter'],
  ])('does not make %s downloadable', async (_, sn, subCode) => {
    const { member, verified } = await callAndOpen(sandbox, download(sn));
    expect([member['sub_code'], verified]).toEqual([subCode, true]);
  });
});
