import type { CatalogueRow } from './catalogue-entry.js';

const APPLY = ['alipay.user.auth.zhimaper.inner.apply'];
const OAUTH_TOKEN = ['alipay.system.oauth.token'];

const APPLY_CODE_NOTE =
  "The interface document states no code; 40004 follows from the gateway's table of business errors.";
const OAUTH_CODE_NOTE = 'Code 40002 follows from its siblings of the same interface.';

/** Sub-codes that belong to one interface and mean nothing elsewhere. */
export const METHOD_ROWS: readonly CatalogueRow[] = [
  {
    code: '40004',
    subCode: 'CERT_NO_IS_NULL',
    class: 'caller-input',
    description: 'The application carries no certificate number.',
    descriptionZh: '证件号码参数为空',
    solution: "Fill in the person's ID number (cert_no) and apply again.",
    solutionZh: '请填写证件号码',
    confidence: 'inferred-code',
    methods: APPLY,
    note: APPLY_CODE_NOTE,
  },
  {
    code: '40004',
    subCode: 'CERT_TYPE_IS_NULL',
    class: 'caller-input',
    description: 'The application carries no certificate type.',
    descriptionZh: '证件类型参数为空',
    solution: 'Set the certificate type (cert_type) to IDENTITY_CARD and apply again.',
    solutionZh: '请填写证件类型',
    confidence: 'inferred-code',
    methods: APPLY,
    note: APPLY_CODE_NOTE,
  },
  {
    code: '40004',
    subCode: 'NAME_IS_NULL',
    class: 'caller-input',
    description: 'The application carries no name.',
    descriptionZh: '姓名参数为空',
    solution: "Fill in the person's name as it stands on the ID card and apply again.",
    solutionZh: '请填写姓名参数',
    confidence: 'inferred-code',
    methods: APPLY,
    note: APPLY_CODE_NOTE,
  },
  {
    code: '40004',
    subCode: 'MOBILE_IS_NULL',
    class: 'caller-input',
    description: 'The application carries no mobile number.',
    descriptionZh: '手机号码参数为空',
    solution: 'Fill in the mobile number that is to receive the authorisation SMS and apply again.',
    solutionZh: '请填写手机号码参数',
    confidence: 'inferred-code',
    methods: APPLY,
    note: APPLY_CODE_NOTE,
  },
  {
    code: '40004',
    subCode: 'NO_USER_ERROR',
    class: 'end-user',
    description:
      'No Alipay member with a verified identity has this name, ID number and mobile together.',
    descriptionZh: '身份三要素不存在支付宝认证的个人会员',
    solution:
      'Check the three values with the person. If they are right, ask the person to open an Alipay account and verify their identity first; do not retry unchanged.',
    solutionZh: '请让用户先开通一个认证的支付宝账号',
    confidence: 'inferred-code',
    methods: APPLY,
    note: APPLY_CODE_NOTE,
  },
  {
    code: '40004',
    subCode: 'SYSTEM_ERROR',
    class: 'unknown-outcome',
    description:
      'The business system failed while it handled the application; the grant may exist and the person may have been notified.',
    descriptionZh: '系统繁忙',
    solution:
      'Do not repeat the application by itself. Ask the person whether an authorisation SMS arrived, or Alipay support with the trace id, and let a person decide.',
    solutionZh:
      '官方建议请稍后重试，但网关没有幂等键，不要自动重试；先向用户或支付宝确认授权是否已生效，再由人工决定',
    confidence: 'inferred-code',
    methods: APPLY,
    note: `${APPLY_CODE_NOTE} The document says to try again later, which is unsafe without an idempotency key.`,
  },
  {
    code: '40002',
    subCode: 'isv.grant-type-invalid',
    class: 'caller-config',
    description: 'The grant_type of the token request is not one that the interface knows.',
    descriptionZh: 'grant_type参数不正确',
    solution: 'Send grant_type as authorization_code or refresh_token.',
    solutionZh: '必须是authorization_code、refresh_token二者之一',
    confidence: 'inferred-code',
    methods: OAUTH_TOKEN,
    note: OAUTH_CODE_NOTE,
  },
  {
    code: '40002',
    subCode: 'isv.code-invalid',
    class: 'end-user',
    description: 'The authorisation code is wrong, already used or expired.',
    descriptionZh: '授权码错误、状态不对或过期',
    solution:
      'Send the user through the authorisation again and use the fresh auth_code once, at once.',
    solutionZh: '用有效auth_code重试或引导用户重新授权',
    confidence: 'documented',
    methods: OAUTH_TOKEN,
    note: 'Observed live under code 40002.',
  },
  {
    code: '40002',
    subCode: 'isv.refresh-token-invalid',
    class: 'token',
    description: 'The refresh token is wrong, or was already replaced or revoked.',
    descriptionZh: '刷新令牌错误或状态不对',
    solution:
      'Use the refresh token of the latest answer; if that is the one sent, have the user authorise again.',
    solutionZh: '用有效refresh_token重试或引导用户重新授权',
    confidence: 'documented',
    methods: OAUTH_TOKEN,
    note: 'Observed live under code 40002.',
  },
  {
    code: '40002',
    subCode: 'isv.refresh-token-time-out',
    class: 'token',
    description: 'The refresh token has expired.',
    descriptionZh: '刷新令牌过期',
    solution: 'Have the user authorise again; an expired refresh token cannot be revived.',
    solutionZh: '引导用户重新授权',
    confidence: 'inferred-code',
    methods: OAUTH_TOKEN,
    note: OAUTH_CODE_NOTE,
  },
  {
    code: '40002',
    subCode: 'isv.refreshed-token-invalid',
    class: 'token',
    description: 'The token that a refresh produced is not valid.',
    descriptionZh: '刷新出来的令牌无效',
    solution:
      'Refresh once more with the refresh token that the last refresh returned; if that fails, have the user authorise again.',
    solutionZh: '使用返回的刷新令牌再次刷新',
    confidence: 'inferred-code',
    methods: OAUTH_TOKEN,
    note: OAUTH_CODE_NOTE,
  },
];
