/** What the api's processes exit with (BSD `sysexits.h` where it has a number). */
export const EXIT_STATUS = { ok: 0, usage: 2, software: 70, tryAgain: 75, config: 78 } as const;
