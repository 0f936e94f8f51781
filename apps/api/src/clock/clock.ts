/** The present instant. */
export type Clock = () => Date;

/** Injection token of the one clock. */
export const CLOCK = Symbol('Clock');
