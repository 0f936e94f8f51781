import { encodeText, formEncode, type Charset } from '../charset/index.js';
import { buildStringToSign, type SignType } from '../signing/index.js';
import { callParameters, type GatewayCall, type GatewayIdentity } from './call-parameters.js';

/** A call with all its parameters, ready to be signed. */
export interface UnsignedRequest {
  /** Every parameter that will be sent, except `sign`. */
  parameters: Readonly<Record<string, string>>;
  stringToSign: string;
  /** `stringToSign` in the request's charset: the bytes that the signature covers. */
  bytesToSign: Uint8Array;
  charset: Charset;
  signType: SignType;
  /** Names of the parameters that travel in the body; the others travel in the URL's query. */
  bodyNames: readonly string[];
}

export interface AssembledRequest {
  url: string;
  headers: Record<string, string>;
  /** The form, percent-encoded and therefore ASCII. */
  body: string;
}

/**
 * Collects a call's parameters at an instant and writes the string to sign. Empty values are left out.
 *
 * With `needEncrypt` the string to sign holds `biz_content` encrypted. Throws `AlipayError` (`UNENCODABLE_CHARACTER`)
 * for a character that the charset cannot hold, and (`INVALID_CONFIG`) where there is no key to encrypt with; `TypeError`
 * where `params` holds what only the client says, or `bizContent` what JSON cannot.
 * Source: interface document, public request parameters.
 *
 * @param call the method and what it sends
 * @param identity what the application always sends
 * @param at the instant of the request, which becomes `timestamp`
 *
 * @example
 * const request = prepareRequest({ method: 'alipay.any.method' }, identity, new Date());
 * request.stringToSign; // 'app_id=…&charset=utf-8&format=JSON&method=alipay.any.method&…'
 */
export function prepareRequest(
  call: GatewayCall,
  identity: GatewayIdentity,
  at: Date,
): UnsignedRequest {
  const { query, body } = callParameters(call, identity, at);
  const { charset, signType } = identity;
  const parameters = Object.fromEntries([...body, ...query]);
  const stringToSign = buildStringToSign(parameters);
  return {
    parameters,
    stringToSign,
    bytesToSign: encodeToSign(stringToSign, parameters, charset),
    charset,
    signType,
    bodyNames: body.map(([name]) => name),
  };
}

/**
 * Lays a prepared call out for HTTP: public parameters in the query, where the gateway looks for `charset`
 * before it decodes anything, and business parameters in the form body. Without a signature (a dry run) `sign`
 * is left out.
 *
 * Throws `AlipayError` (`UNENCODABLE_CHARACTER`) for a character that the charset cannot hold.
 * Source: interface document, public request parameters; WHATWG URL standard, section 5.
 *
 * @param request a call that `prepareRequest` made
 * @param signature the signature in base64, or null for none
 * @param gatewayUrl the whole URL of `gateway.do`, without a query
 *
 * @example
 * const request = prepareRequest({ method: 'alipay.any.method' }, identity, new Date());
 * const { url, headers, body } = assembleRequest(request, signature, PRODUCTION_GATEWAY_URL);
 * await fetch(url, { method: 'POST', headers, body });
 */
export function assembleRequest(
  { parameters, charset, bodyNames }: UnsignedRequest,
  signature: string | null,
  gatewayUrl: string,
): AssembledRequest {
  const inBody = new Set(bodyNames);
  const named = (name: string) => [name, parameters[name] ?? ''] as const;
  const query = Object.keys(parameters)
    .filter((name) => !inBody.has(name))
    .map(named);
  if (signature !== null) query.push(['sign', signature]);
  return {
    url: `${gatewayUrl}?${formEncode(query, charset)}`,
    headers: { 'content-type': `application/x-www-form-urlencoded;charset=${charset}` },
    body: formEncode(bodyNames.map(named), charset),
  };
}

function encodeToSign(
  stringToSign: string,
  parameters: Readonly<Record<string, string>>,
  charset: Charset,
): Uint8Array {
  try {
    return encodeText(stringToSign, charset);
  } catch (error) {
    // Value by value once more, so that the refusal names the parameter and the position inside it.
    for (const [name, value] of Object.entries(parameters)) encodeText(value, charset, name);
    throw error;
  }
}
