/** Takes off what pasting leaves in and around a key or certificate: byte order mark, literal `\n`, quotes, blanks. */
export function cleanPastedText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n')
    .replaceAll('\r', '')
    .trim()
    .replace(/^(["'])([^]*)\1$/, '$2')
    .trim();
}
