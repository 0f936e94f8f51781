import {
  AlipayError,
  AlipayInputError,
  checkZhimaAuthorizationInput,
  prepareRequest,
  zhimaAuthorizationCall,
  type CheckedZhimaAuthorizationInput,
  type GatewayIdentity,
  type InputIssue,
  type ZhimaAuthorizationInput,
} from '@zhimaper/alipay-core';

/**
 * Checks that a person's data can be sent at all, so that nothing is written down that the gateway client
 * would then refuse. Throws `AlipayInputError` with every fault.
 */
export function checkSendable(
  value: ZhimaAuthorizationInput,
  identity: GatewayIdentity,
  now: Date,
): CheckedZhimaAuthorizationInput {
  const checked = checkZhimaAuthorizationInput(value);
  if (fits(checked.input, identity, now)) return checked;
  const issues = Object.entries(checked.input).flatMap(([field, text]): InputIssue[] =>
    fits({ ...EMPTY, [field]: text }, identity, now)
      ? []
      : [
          {
            field,
            code: 'UNENCODABLE_CHARACTER',
            message: "has a character that the gateway's charset cannot hold",
          },
        ],
  );
  throw new AlipayInputError(issues);
}

const EMPTY: ZhimaAuthorizationInput = {
  certType: 'IDENTITY_CARD',
  certNo: '',
  name: '',
  mobile: '',
};

function fits(input: ZhimaAuthorizationInput, identity: GatewayIdentity, now: Date): boolean {
  try {
    prepareRequest(zhimaAuthorizationCall(input), identity, now);
    return true;
  } catch (error) {
    if (error instanceof AlipayError && error.code === 'UNENCODABLE_CHARACTER') return false;
    throw error;
  }
}
