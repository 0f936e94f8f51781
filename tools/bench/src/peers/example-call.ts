/** The interface document's own example, which every contender sends. */
export const METHOD = 'alipay.user.auth.zhimaper.inner.apply';

export const BIZ_CONTENT = {
  cert_no: '330701199901011311',
  cert_type: 'IDENTITY_CARD',
  name: '张三',
  mobile: '13588111111',
};

export const APP_ID = '2021000000000001';
