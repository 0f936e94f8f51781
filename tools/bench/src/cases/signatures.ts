import { createPrivateKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import {
  jsrsasignSignatureEngine,
  nodeSignatureEngine,
  readPrivateKey,
  readPublicKey,
  type SignatureEngine,
} from '@zhimaper/alipay-core';
import { ratio, type BenchCase, type Figure } from '../bench-case.js';
import { awaiting, repeating } from '../measure/local.js';
import { measure, type Measurement } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';
import { makeAnswer, makeKeys } from '../peers/static-answer.js';

/** Signing and verifying with either engine, beside `node:crypto` alone with a prepared key, and from a PEM each time. */
export const signaturesCase: BenchCase = {
  name: 'signatures',
  title: 'RSA-2048 by engine',
  run: async (effort) => {
    const { app, alipay } = makeKeys();
    const { signedBytes, signature } = makeAnswer(alipay.privateKey);
    const privateKey = readPrivateKey(app.privatePem);
    const publicKey = readPublicKey(alipay.publicPem);
    const base64 = signature.toString('base64');
    const signing = (engine: SignatureEngine) =>
      awaiting(`sign, ${engine.name} engine`, async () =>
        engine.sign(signedBytes, privateKey, 'RSA2'),
      );
    const verifying = (engine: SignatureEngine) =>
      repeating(`verify, ${engine.name} engine`, () =>
        engine.verify(signedBytes, base64, publicKey, 'RSA2'),
      );
    const measurements = await measure(
      [
        repeating('sign, prepared key', () => nodeSign('sha256', signedBytes, app.privateKey)),
        repeating('sign, from the PEM', () =>
          nodeSign('sha256', signedBytes, createPrivateKey(app.privatePem)),
        ),
        signing(nodeSignatureEngine),
        signing(jsrsasignSignatureEngine),
        repeating('verify, prepared key', () =>
          nodeVerify('sha256', signedBytes, alipay.publicKey, signature),
        ),
        verifying(nodeSignatureEngine),
        verifying(jsrsasignSignatureEngine),
      ],
      effort,
    );
    return {
      measurements,
      figures: [
        besides(measurements, 'sign, from the PEM', 'sign, prepared key'),
        besides(measurements, 'sign, node engine', 'sign, prepared key'),
        besides(measurements, 'sign, jsrsasign engine', 'sign, prepared key'),
        besides(measurements, 'verify, node engine', 'verify, prepared key'),
        besides(measurements, 'verify, jsrsasign engine', 'verify, prepared key'),
      ],
    };
  },
};

function besides(measurements: readonly Measurement[], of: string, by: string): Figure {
  const cpu = (name: string) =>
    measurements.find((measurement) => measurement.name === name)?.cpuMicroseconds ?? [];
  return ratio(`CPU of ${of} / ${by}`, pairedRatio(cpu(of), cpu(by)));
}
