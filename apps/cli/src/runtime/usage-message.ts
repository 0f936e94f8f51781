/**
 * Makes commander's message fit to print: it quotes what was typed, and a mistyped option may carry a
 * person's name or ID number. Quoted text stays only where it looks like a command, an option's name or a small number.
 */
export function usageMessage(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/'(--[^'=]*)=.*'/gs, "'$1'")
    .replace(/'([^']*)'/gs, (quoted, inner: string) =>
      /^(-{0,2}[a-zA-Z][-a-zA-Z .,|<>=[\]]*|\d{1,5})$/.test(inner) ? quoted : '(not shown)',
    );
}
