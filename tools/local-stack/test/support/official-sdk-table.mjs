// Applies with the official SDK, row after row, and prints what came of each. It runs in a process of its own because the
// SDK formats local time: the gateway's zone has to be the whole process's.
import { AlipaySdk } from 'alipay-sdk';

const { rows, person, ...common } = JSON.parse(process.env.SDK_TABLE);
const results = [];
for (const { certificates, encryptKey, signType, charset, mobile, validateSign = true } of rows) {
  const sdk = new AlipaySdk({
    gateway: common.gateway,
    appId: common.appId,
    privateKey: common.privateKey,
    keyType: 'PKCS8',
    signType,
    ...(charset ? { charset } : {}),
    ...(encryptKey ? { encryptKey } : {}),
    ...(certificates
      ? {
          appCertContent: certificates.appCert,
          alipayPublicCertContent: certificates.alipayCert,
          alipayRootCertContent: certificates.alipayRootCert,
        }
      : { alipayPublicKey: common.alipayPublicKey }),
  });
  const call = {
    // The SDK leaves it out otherwise, and the gateway takes it for JSON.
    format: 'JSON',
    bizContent: { ...person, ...(mobile ? { mobile } : {}) },
    ...(encryptKey ? { needEncrypt: true } : {}),
  };
  const { appCertSn = null } = sdk.config;
  await sdk.exec(common.method, call, { validateSign }).then(
    ({ accessToken = null, subCode = null }) =>
      results.push({ accessToken, subCode, error: null, appCertSn }),
    (error) =>
      results.push({
        accessToken: null,
        subCode: null,
        error: error.message.slice(0, 4),
        appCertSn,
      }),
  );
}
console.log(JSON.stringify(results));
