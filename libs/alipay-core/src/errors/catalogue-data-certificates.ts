import type { CatalogueRow } from './catalogue-entry.js';

const INFERRED_NOTE = 'Code 40002 follows from isv.missing-app-cert-sn; the texts from the name.';

/** Code 40002 in certificate mode. */
export const CERTIFICATE_ROWS: readonly CatalogueRow[] = [
  {
    code: '40002',
    subCode: 'app-cert-expired',
    aliases: ['isv.app-cert-expired'],
    class: 'caller-config',
    description: "The application's certificate is outside its period of validity.",
    descriptionZh: '应用公钥证书已经不在有效期内',
    solution:
      'Issue a new application certificate in the console, and configure it together with its private key.',
    solutionZh: '更换证书',
    confidence: 'documented',
  },
  {
    code: '40002',
    subCode: 'isv.missing-app-cert-sn',
    class: 'caller-config',
    description:
      "The application is registered with certificates, but the request carries no serial number of the application's certificate.",
    descriptionZh: '缺少应用公钥证书序列号',
    solution:
      "Configure the application's certificate, so that app_cert_sn is sent, or register a plain public key in the console.",
    solutionZh: '证书模式：检查 app_cert_sn/alipay_root_cert_sn、证书文件与签名方式',
    confidence: 'documented',
  },
  {
    code: '40002',
    subCode: 'isv.missing-alipay-root-cert-sn',
    class: 'caller-config',
    description: "The request carries no serial number of Alipay's root certificate.",
    descriptionZh: '缺少支付宝根证书序列号',
    solution:
      "Configure Alipay's root certificate file from the console, so that alipay_root_cert_sn is sent.",
    solutionZh: '证书模式：检查 app_cert_sn/alipay_root_cert_sn、证书文件与签名方式',
    confidence: 'inferred-code',
    note: INFERRED_NOTE,
  },
  {
    code: '40002',
    subCode: 'isv.invalid-alipay-root-cert-sn',
    class: 'caller-config',
    description: "The serial number sent for Alipay's root certificate is not a known one.",
    descriptionZh: '支付宝根证书序列号无效',
    solution:
      "Download Alipay's root certificate file from the console again, and use all of it, every certificate in the file.",
    solutionZh: '证书模式：检查 app_cert_sn/alipay_root_cert_sn、证书文件与签名方式',
    confidence: 'inferred-code',
    note: INFERRED_NOTE,
  },
  {
    code: '40002',
    subCode: 'isv.app-cert-not-exist',
    class: 'caller-config',
    description: 'Alipay knows no application certificate with this serial number.',
    descriptionZh: '应用公钥证书不存在',
    solution:
      'Configure the application certificate that the console shows for this app_id, and check that app_id and gateway address are of the same environment.',
    solutionZh: '证书模式：检查 app_cert_sn/alipay_root_cert_sn、证书文件与签名方式',
    confidence: 'inferred-code',
    note: INFERRED_NOTE,
  },
  {
    code: '40002',
    subCode: 'isv.alipay-cert-not-exist',
    class: 'caller-config',
    description: "Alipay's own certificate that belongs to the application does not exist.",
    descriptionZh: '支付宝公钥证书不存在',
    solution:
      "Finish the certificate set-up of the application in the console, then download and configure Alipay's certificate anew.",
    solutionZh: '证书模式：检查 app_cert_sn/alipay_root_cert_sn、证书文件与签名方式',
    confidence: 'inferred-code',
    note: INFERRED_NOTE,
  },
];
