import {
  assembleRequest,
  defaultSignatureEngine,
  maskCertNo,
  maskMobile,
  maskName,
  maskSecret,
  prepareRequest,
  zhimaAuthorizationCall,
  type GatewayCall,
  type ZhimaAuthorizationInput,
} from '@zhimaper/alipay-core';
import type { DraftSettings } from '../../config/gateway-settings.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { hexLines } from './hex-view.js';

export interface DryRunOptions {
  reveal?: boolean;
  hex?: boolean;
}

/** Shows the request that an application would send, signed where a key is there; sends nothing. */
export async function showDryRun(
  { context, output, options }: CommandRun<DryRunOptions>,
  { plain, privateKey, encryptKey, serialNumbers }: DraftSettings,
  person: ZhimaAuthorizationInput,
): Promise<CommandOutcome> {
  const masked = options.reveal !== true;
  if (!plain.ALIPAY_APP_ID)
    await output.warn('ALIPAY_APP_ID is not set: the request has no app_id.');
  const token = plain.ALIPAY_APP_AUTH_TOKEN ?? '';
  const identity = {
    appId: plain.ALIPAY_APP_ID ?? '',
    signType: plain.ALIPAY_SIGN_TYPE,
    charset: plain.ALIPAY_CHARSET,
    ...serialNumbers,
    ...(encryptKey === null ? {} : { encryptKey, needEncrypt: true }),
  };
  const at = context.now();
  const request = prepareRequest(callFor(person, token), identity, at);
  const signature =
    privateKey &&
    (await defaultSignatureEngine().sign(request.bytesToSign, privateKey, request.signType));
  const shown = masked
    ? prepareRequest(callFor(maskPerson(person), maskSecret(token)), identity, at)
    : request;
  const { url, headers, body } = assembleRequest(shown, signature, plain.ALIPAY_GATEWAY_URL);
  const result = {
    stringToSign: shown.stringToSign,
    byteLength: shown.bytesToSign.length,
    charset: shown.charset,
    signType: shown.signType,
    signature,
    url,
    headers,
    body,
    masked,
    bytesHex: options.hex === true ? Buffer.from(shown.bytesToSign).toString('hex') : null,
  };
  if (masked)
    await output.note(
      'Personal data is masked; the signature is of the real request. See --reveal.',
    );
  await output.result(result, (view) => [
    ...view.fields([
      ['string to sign', result.stringToSign],
      ['bytes', `${result.byteLength} in ${result.charset}`],
      ['sign type', result.signType],
      ['signature', signature],
      ['url', url],
      ...Object.entries(headers).map(([name, value]) => ['header', `${name}: ${value}`] as const),
      ['body', body],
    ]),
    ...(options.hex === true ? hexLines(shown.bytesToSign) : []),
  ]);
  return 'success';
}

function callFor(person: ZhimaAuthorizationInput, appAuthToken: string): GatewayCall {
  return { ...zhimaAuthorizationCall(person), appAuthToken };
}

function maskPerson(person: ZhimaAuthorizationInput): ZhimaAuthorizationInput {
  return {
    ...person,
    certNo: maskCertNo(person.certNo),
    name: maskName(person.name),
    mobile: maskMobile(person.mobile),
  };
}
