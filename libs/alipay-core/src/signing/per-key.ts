/** Prepares a key when it is first used and keeps what was made for as long as the key itself. */
export function oncePerKey<K extends object, Prepared>(
  prepare: (key: K) => Prepared,
): (key: K) => Prepared {
  const known = new WeakMap<K, Prepared>();
  return (key) => {
    const made = known.get(key);
    if (made !== undefined) return made;
    const prepared = prepare(key);
    known.set(key, prepared);
    return prepared;
  };
}
