import { X509Certificate, type KeyObject } from 'node:crypto';

import type { CertificateSet, SandboxCertificates } from '../keys/certificate-set.js';
import { certificateSn, rootBundleSn } from '../keys/serial-number.js';
import { issueAlipayCertificate, type AlipayCertificate } from './alipay-certificate.js';
import type { Rotation } from './rotation.js';

/** What a request in certificate mode is held against. */
export interface ExpectedCertificates {
  appCertSn: string;
  /** Milliseconds since 1970. */
  appCertNotAfter: number;
  rootCertSn: string;
}

interface OpenSet {
  set: CertificateSet;
  expected: ExpectedCertificates;
  /** The one that the clients were given. */
  first: AlipayCertificate;
}

/** The certificates of one sandbox, made when they are first asked for where they are not there from the start. */
export class GatewayCertificates {
  readonly #alipayPrivateKey: KeyObject;
  readonly #make: () => Promise<CertificateSet>;
  readonly #known = new Map<string, AlipayCertificate>();
  #opening: Promise<OpenSet> | undefined;
  #open: OpenSet | null = null;
  #current: AlipayCertificate | null = null;

  constructor(alipayPrivateKey: KeyObject, make: () => Promise<CertificateSet>) {
    this.#alipayPrivateKey = alipayPrivateKey;
    this.#make = make;
  }

  /** Null as long as nobody can have been given a certificate. */
  get expected(): ExpectedCertificates | null {
    return this.#open?.expected ?? null;
  }

  /** The certificate that answers are signed by; null as long as there is none. */
  get current(): AlipayCertificate | null {
    return this.#current;
  }

  /** A certificate that answers are, or once were, signed by. */
  find(sn: string): AlipayCertificate | undefined {
    return this.#known.get(sn);
  }

  /** What a client is configured with. */
  async open(): Promise<SandboxCertificates> {
    const { appCert, alipayCert, alipayRootCert } = (await this.#opened()).set;
    return { appCert, alipayCert, alipayRootCert };
  }

  /** Signs by a new certificate and key from now on. */
  async rotate(rotation: Rotation, now: number): Promise<AlipayCertificate> {
    const { set } = await this.#opened();
    return this.#use(await issueAlipayCertificate(set, rotation, now));
  }

  /** Signs by the first certificate again. */
  restore(): void {
    this.#current = this.#open?.first ?? null;
  }

  #opened(): Promise<OpenSet> {
    return (this.#opening ??= this.#make().then((set) => {
      const first = {
        sn: certificateSn(set.alipayCert),
        chain: set.alipayCert,
        trusted: true,
        privateKey: this.#alipayPrivateKey,
      };
      const expected = {
        appCertSn: certificateSn(set.appCert),
        appCertNotAfter: Date.parse(new X509Certificate(set.appCert).validTo),
        rootCertSn: rootBundleSn(set.alipayRootCert),
      };
      this.#use(first);
      this.#open = { set, expected, first };
      return this.#open;
    }));
  }

  #use(certificate: AlipayCertificate): AlipayCertificate {
    this.#known.set(certificate.sn, certificate);
    this.#current = certificate;
    return certificate;
  }
}
