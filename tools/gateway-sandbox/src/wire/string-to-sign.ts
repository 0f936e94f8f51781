/**
 * The string that the gateway verifies: every parameter but `sign`, empty values left out, names in ASCII order,
 * raw values (gateway's published documents, "自行实现签名").
 *
 * @example
 * stringToSign(new Map([['b', '2'], ['a', '1'], ['c', ''], ['sign', 'x']])) // 'a=1&b=2'
 */
export function stringToSign(params: ReadonlyMap<string, string>): string {
  return [...params.keys()]
    .filter((name) => name !== 'sign' && params.get(name) !== '')
    .sort()
    .map((name) => `${name}=${params.get(name) ?? ''}`)
    .join('&');
}
