/** Interface document, public parameters: 32 characters at most. */
export function isAppId(text: string): boolean {
  return /^[0-9A-Za-z]{1,32}$/.test(text);
}
