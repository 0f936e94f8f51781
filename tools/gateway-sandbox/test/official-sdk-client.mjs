// Applies once with the official SDK and prints what it returns. It runs in a process of its own because the SDK formats
// local time: the gateway's zone has to be the whole process's.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AlipaySdk } from 'alipay-sdk';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mobile: { type: 'string', default: '13588111111' },
    certificates: { type: 'boolean', default: false },
    encrypt: { type: 'boolean', default: false },
    // The SDK cannot verify an encrypted answer: it looks for braces.
    unverified: { type: 'boolean', default: false },
  },
});
const [gateway, appId, keysDir, signType] = positionals;
const file = (name) => readFileSync(`${keysDir}/${name}`, 'utf8');
const sdk = new AlipaySdk({
  gateway,
  appId,
  signType,
  keyType: 'PKCS8',
  privateKey: file('app-private-key.pem'),
  ...(values.certificates
    ? {
        appCertContent: file('app-cert.crt'),
        alipayPublicCertContent: file('alipay-cert.crt'),
        alipayRootCertContent: file('alipay-root.crt'),
      }
    : { alipayPublicKey: file('alipay-public-key.pem') }),
  ...(values.encrypt ? { encryptKey: file('encrypt-key.txt').trim() } : {}),
});
const result = await sdk.exec(
  'alipay.user.auth.zhimaper.inner.apply',
  {
    needEncrypt: values.encrypt,
    bizContent: {
      certNo: '330701199901011311',
      certType: 'IDENTITY_CARD',
      name: '张三',
      mobile: values.mobile,
    },
  },
  { validateSign: !values.unverified },
);
console.log(JSON.stringify(result));
