// Applies once with the official SDK, verification on, and prints what it returns. It runs in a process of its own
// because the SDK formats local time: the gateway's zone has to be the whole process's.
import { readFileSync } from 'node:fs';
import { AlipaySdk } from 'alipay-sdk';

const [gateway, appId, keysDir, signType] = process.argv.slice(2);
const sdk = new AlipaySdk({
  gateway,
  appId,
  signType,
  keyType: 'PKCS8',
  privateKey: readFileSync(`${keysDir}/app-private-key.pem`, 'utf8'),
  alipayPublicKey: readFileSync(`${keysDir}/alipay-public-key.pem`, 'utf8'),
});
const result = await sdk.exec(
  'alipay.user.auth.zhimaper.inner.apply',
  {
    bizContent: {
      certNo: '330701199901011311',
      certType: 'IDENTITY_CARD',
      name: '张三',
      mobile: process.argv[6] ?? '13588111111',
    },
  },
  { validateSign: true },
);
console.log(JSON.stringify(result));
