const CAMEL_CASE = /^[a-z][A-Za-z\d]*$/;

/**
 * A camelCase name as the gateway spells its own: `outTradeNo` becomes `out_trade_no`, `userID` becomes `user_id`.
 * Any other name stays as it is.
 */
export function snakeCaseName(name: string): string {
  if (!CAMEL_CASE.test(name)) return name;
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * Names of one object in snake_case. Throws `TypeError` where two of them would become one.
 *
 * @param what the object, for the message
 */
export function snakeCaseNames(names: readonly string[], what: string): string[] {
  const written = names.map(snakeCaseName);
  const twice = written.find((name, at) => written.indexOf(name) !== at);
  if (twice === undefined) return written;
  throw new TypeError(`${what} holds ${twice} twice, in camelCase and in snake_case.`);
}
