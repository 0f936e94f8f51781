import { isCertificateMode } from '../judge/certificates.js';
import { bizText, isEncrypted, type GatewayRequest } from '../wire/gateway-request.js';
import type { LedgerRequest } from './ledger.js';

/** What a request says of itself, before anybody judges it. */
export type RequestFacts = Omit<LedgerRequest, 'at' | 'verdict' | 'outcome' | 'fault' | 'traceId'>;

/** Longer than any parameter of the interface, short enough for a ledger of many thousand hostile requests. */
const MAX_RECORDED = 128;

export function requestFacts(request: GatewayRequest): RequestFacts {
  const { params } = request;
  const shorten = (text: string | null | undefined) => text?.slice(0, MAX_RECORDED) ?? null;
  return {
    method: shorten(params.get('method')),
    certNo: shorten(bizText(request, 'cert_no')),
    name: shorten(bizText(request, 'name')),
    mobile: shorten(bizText(request, 'mobile')),
    charset: shorten(params.get('charset')),
    signType: shorten(params.get('sign_type')),
    mode: isCertificateMode(params) ? 'certificate' : 'key',
    encrypted: isEncrypted(params),
    notifyUrl: shorten(params.get('notify_url')),
    returnUrl: shorten(params.get('return_url')),
    appAuthToken: maskToken(params.get('app_auth_token')),
    authToken: maskToken(params.get('auth_token')),
  };
}

const SHOWN = 4;

/** Enough to tell two tokens apart; of a short one, which would be half shown, nothing. */
function maskToken(token: string | undefined): string | null {
  if (!token) return null;
  return token.length < SHOWN * 4 ? '***' : `${token.slice(0, SHOWN)}***${token.slice(-SHOWN)}`;
}
