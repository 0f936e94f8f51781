import type { CatalogueRow } from './catalogue-entry.js';

/** The gateway's nine result codes, where no sub-code says more. */
export const CODE_ROWS: readonly CatalogueRow[] = [
  {
    code: '10000',
    subCode: null,
    class: 'success',
    description: 'The gateway carried out the call.',
    descriptionZh: '接口调用成功',
    solution: "Read the business result from the interface's own response members.",
    solutionZh: '业务结果看具体接口返回参数',
    confidence: 'documented',
  },
  {
    code: '20000',
    subCode: null,
    class: 'unknown-outcome',
    description:
      'The service was unavailable while it handled the call; whether the call took effect is unknown.',
    descriptionZh: '服务不可用',
    solution:
      'Do not repeat the call by itself. Find out first whether it took effect, then let a person decide.',
    solutionZh:
      '官方建议稍后重试，但网关没有幂等键，不要自动重试；先确认本次调用是否已生效，再由人工决定',
    confidence: 'documented',
    note: "The gateway's table says to try again later, which is unsafe without an idempotency key.",
  },
  {
    code: '20001',
    subCode: null,
    class: 'token',
    description: 'The access token sent does not carry the permission that the interface needs.',
    descriptionZh: '授权权限不足',
    solution: 'Refresh the token, or have the user grant the authorisation again.',
    solutionZh: '刷新令牌或重新授权',
    confidence: 'documented',
  },
  {
    code: '40001',
    subCode: null,
    class: 'caller-config',
    description: 'A parameter that the gateway requires is missing from the request.',
    descriptionZh: '缺少必选参数',
    solution:
      'Compare the request with the public parameters and the required fields of the interface, and add what is missing.',
    solutionZh: '补齐参数',
    confidence: 'documented',
  },
  {
    code: '40002',
    subCode: null,
    class: 'caller-config',
    description: 'A parameter of the request is invalid.',
    descriptionZh: '非法的参数',
    solution:
      "Check every public parameter and biz_content field against the interface's document and correct the one that the sub-code names.",
    solutionZh: '修正参数',
    confidence: 'documented',
  },
  {
    code: '40003',
    subCode: null,
    class: 'caller-config',
    description: 'The application does not meet a condition of the call.',
    descriptionZh: '条件异常',
    solution:
      "Check the application's keys, authorisations and online state in the Open Platform console.",
    solutionZh: '检查控制台密钥/授权/应用状态',
    confidence: 'documented',
    note: 'Missing from the older tables; some copies call it a signature error.',
  },
  {
    code: '40004',
    subCode: null,
    class: 'unknown-outcome',
    description:
      'The business system refused the call for a reason that the catalogue does not know; what it did before is unknown.',
    descriptionZh: '业务处理失败',
    solution:
      "Do not repeat the call by itself. Look the sub-code up in the interface's own error table, find out whether the call took effect, and decide then.",
    solutionZh: '不要自动重试；见具体接口的业务错误码，确认是否已生效后再处理',
    confidence: 'documented',
    note: 'Without a known sub-code nothing is known of the outcome.',
  },
  {
    code: '40005',
    subCode: null,
    class: 'rate-limited',
    description:
      'The gateway refused the call because too many were made; nothing was carried out.',
    descriptionZh: '调用频次超限',
    solution: 'Wait, then repeat with growing, jittered pauses and fewer calls at the same time.',
    solutionZh: '降低请求并发量',
    confidence: 'documented',
  },
  {
    code: '40006',
    subCode: null,
    class: 'permission',
    description: 'The application or its merchant lacks the permission for this interface.',
    descriptionZh: '权限不足',
    solution:
      'Check in the Open Platform console that the product is signed, the capability is added to the application, and the merchant authorisation covers it.',
    solutionZh: '检查产品签约/功能包/授权',
    confidence: 'documented',
  },
];
