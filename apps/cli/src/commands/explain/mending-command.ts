const SHOW_REQUEST = 'zhimaper gateway apply --dry-run --input person.json --hex';
const SHOW_UPLOAD = 'zhimaper keys convert app-private-key.pem --public --bare';
const SET_ALIPAY_KEY = 'zhimaper config set public-key-file alipay-public-key.pem';

/** What to type next, by the code of a cause; causes in foreign code have none. */
const COMMANDS: Readonly<Partial<Record<string, string>>> = {
  'own-public-key': SET_ALIPAY_KEY,
  'wrong-key': SET_ALIPAY_KEY,
  'key-pair-mismatch': 'zhimaper keys inspect app-private-key.pem --with app-public-key.pem',
  'signed-with-other-key': 'zhimaper keys inspect app-private-key.pem --with app-public-key.pem',
  'uploaded-key-differs': SHOW_UPLOAD,
  'sign-type': 'zhimaper config set sign-type RSA2',
  charset: 'zhimaper config set charset utf-8',
  'signature-charset': 'zhimaper config set charset utf-8',
  'lost-characters': 'zhimaper config set charset utf-8',
  'timestamp-zone': SHOW_REQUEST,
  'timestamp-differs': SHOW_REQUEST,
  order: 'zhimaper sign --input parameters.json',
  'empty-value': 'zhimaper sign --input parameters.json',
  'missing-parameter': 'zhimaper sign --input parameters.json',
  'extra-parameter': 'zhimaper sign --input parameters.json',
};

export function mendingCommand(code: string): string | null {
  return COMMANDS[code] ?? null;
}
