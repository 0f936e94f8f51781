import fc from 'fast-check';

/** One change to bytes: somewhere (a share of the length), something out, something in, or a part twice. */
export type Mutation = (bytes: Uint8Array) => Uint8Array;

const PIECES = ['%', '%26', '&', '=', '%3D', '+', '%2B', '%00', '"', '\\', '\\u0022', '{', '}', ',', '\0', '张', '&sign=', '&app_id=1', '__proto__']; // prettier-ignore

const place = fc.double({ min: 0, max: 1, noNaN: true });
const inserted = fc.oneof(
  fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)),
  fc.uint8Array({ minLength: 1, maxLength: 3 }),
);

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.tuple(place, inserted, fc.nat({ max: 4 })).map(([at, piece, removed]): Mutation => {
      return (bytes) => splice(bytes, Math.floor(at * bytes.length), removed, piece);
    }),
    fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, flip]): Mutation => {
      return (bytes) => {
        const index = Math.min(Math.floor(at * bytes.length), bytes.length - 1);
        return splice(bytes, index, 1, Uint8Array.of((bytes[index] ?? 0) ^ flip));
      };
    }),
    fc.tuple(place, place).map(([a, b]): Mutation => {
      return (bytes) => {
        const [start, end] = [a, b].sort().map((share) => Math.floor(share * bytes.length));
        return splice(bytes, end!, 0, bytes.slice(start, end));
      };
    }),
    // The changes of a form that leave the string to sign as it is.
    fc.tuple(place, fc.constantFrom('&', '=', '%26', '%3D')).map(([at, mark]): Mutation => {
      return (bytes) => {
        const index = Buffer.from(bytes).indexOf(mark, Math.floor(at * bytes.length));
        const other = { '&': '%26', '=': '%3D', '%26': '&', '%3D': '=' }[mark];
        return index < 0 ? bytes : splice(bytes, index, mark.length, Buffer.from(other));
      };
    }),
    fc.nat({ max: 30 }).map((turns): Mutation => {
      return (bytes) => {
        const entries = Buffer.from(bytes).toString('latin1').split('&');
        const first = turns % entries.length;
        const turned = [...entries.slice(first), ...entries.slice(0, first)].join('&');
        return Buffer.from(turned, 'latin1');
      };
    }),
  ),
  { minLength: 1, maxLength: 3 },
);

export function mutate(bytes: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce((changed, change) => change(changed), bytes);
}

function splice(bytes: Uint8Array, at: number, removed: number, piece: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.slice(0, at), piece, bytes.slice(at + removed)]);
}
