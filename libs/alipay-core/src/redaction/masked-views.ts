/** The name under which Node.js looks for an object's own way to be printed; no import is needed for it. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes an object show only a masked view of itself under `util.inspect` (and so `console.log`),
 * `JSON.stringify` and `String`, while its properties stay readable. A copy of the object (`{ ...object }`)
 * shows everything again.
 *
 * Throws `TypeError` for a frozen object. Source: ECMA-262, `JSON.stringify`; Node.js, `util.inspect.custom`.
 *
 * @param target the object to be masked
 * @param maskedView what shows instead, or a function that makes it when it is needed: use that where members are
 *   assigned later
 * @returns the same object
 *
 * @example
 * const person = withMaskedViews({ name: '张三' }, { name: maskName('张三') });
 * person.name; // '张三'
 * JSON.stringify(person); // '{"name":"*三"}'
 */
export function withMaskedViews<T extends object>(
  target: T,
  maskedView: object | (() => object),
): T {
  const view = (): object =>
    typeof maskedView === 'function' ? (maskedView as () => object)() : maskedView;
  // One by one, since `defineProperties` takes more than twice as long, and every successful call pays for it.
  Object.defineProperty(target, INSPECT, { value: view, configurable: true });
  Object.defineProperty(target, 'toJSON', { value: view, configurable: true });
  return Object.defineProperty(target, 'toString', {
    value: () => JSON.stringify(view()),
    configurable: true,
  });
}
