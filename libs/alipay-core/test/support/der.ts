/** One DER element (ITU-T X.690) around the bytes given. */
export function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const digits = body.length.toString(16);
  const length = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  const head = body.length < 0x80 ? length : Buffer.from([0x80 | length.length, ...length]);
  return Buffer.concat([Buffer.of(tag), head, body]);
}

export const sequence = (...members: Uint8Array[]) => der(0x30, ...members);
export const setOf = (...members: Uint8Array[]) => der(0x31, ...members);
export const octets = (content: Uint8Array) => der(0x04, content);
export const bits = (content: Uint8Array, unused = 0) => der(0x03, Buffer.of(unused), content);
export const boolean = (value: boolean) => der(0x01, Buffer.of(value ? 0xff : 0));

/** An INTEGER of any size and sign, in its shortest form. */
export function integer(value: bigint): Buffer {
  let bytes = 1n;
  while (BigInt.asIntN(Number(8n * bytes), value) !== value) bytes += 1n;
  const digits = BigInt.asUintN(Number(8n * bytes), value).toString(16);
  return der(0x02, Buffer.from(digits.padStart(Number(2n * bytes), '0'), 'hex'));
}

/** An object identifier from dotted numbers of any size. */
export function oid(dotted: string): Buffer {
  const [root = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const numbers = [root * 40n + second, ...rest];
  return der(0x06, Buffer.from(numbers.flatMap(base128)));
}

function base128(value: bigint): number[] {
  const digits = [Number(value % 128n)];
  for (let rest = value / 128n; rest > 0n; rest /= 128n) digits.unshift(Number(rest % 128n) | 0x80);
  return digits;
}

export const time = (date: Date) =>
  der(0x18, Buffer.from(`${date.toISOString().replace(/\.\d+Z$|[-:T]/g, '')}Z`));
