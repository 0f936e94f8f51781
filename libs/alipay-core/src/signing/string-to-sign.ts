/**
 * Writes the text that a signature covers: every parameter but `sign`, without those whose value is empty, in ASCII
 * order of their names, as `name=value` joined by `&`, not URL-encoded.
 *
 * Source: the gateway's published signing rules; interface document, public request parameters.
 * Never throws.
 *
 * @param parameters every parameter of the request, as it is before it is encoded
 *
 * @example
 * buildStringToSign({ method: 'alipay.any.method', app_id: '1', sign: 'x' }) // 'app_id=1&method=alipay.any.method'
 */
export function buildStringToSign(
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  let text = '';
  // The default order is that of UTF-16, and so of ASCII.
  for (const name of Object.keys(parameters).sort()) {
    const value = parameters[name];
    if (name === 'sign' || value === undefined || value === '') continue;
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`;
  }
  return text;
}
