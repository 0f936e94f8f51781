/** What the api's processes exit with (BSD `sysexits.h` where it has a number). */
export const EXIT_STATUS = { ok: 0, software: 70, config: 78 } as const;
