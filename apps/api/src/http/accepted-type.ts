/**
 * Which of some media types an answer is to have; null where the request accepts none of them.
 *
 * Source: RFC 9110, section 12.5.1.
 *
 * @param accept the header; without one everything is accepted
 * @param offers without parameters and in lower case, the preferred one first
 * @example acceptedType('text/*;q=0.5, application/json', ['text/csv', 'application/json']); // 'application/json'
 */
export function acceptedType<Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | null {
  const ranges = (accept ?? '*/*').split(',').map(readRange);
  const weighed = offers.map((offer) => ({ offer, weight: weightOf(offer, ranges) }));
  const best = weighed.reduce<(typeof weighed)[number] | null>(
    (first, next) => (next.weight > (first?.weight ?? 0) ? next : first),
    null,
  );
  return best?.offer ?? null;
}

interface MediaRange {
  type: string;
  weight: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

/** The most specific range decides, whatever its weight. */
function weightOf(offer: string, ranges: readonly MediaRange[]): number {
  const [kind = ''] = offer.split('/');
  for (const type of [offer, `${kind}/*`, '*/*']) {
    const range = ranges.find((one) => one.type === type);
    if (range) return range.weight;
  }
  return 0;
}
