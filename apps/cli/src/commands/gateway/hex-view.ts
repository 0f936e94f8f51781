const BYTES_A_LINE = 16;

/** Bytes as hexadecimal digits with their offsets, and the ASCII among them beside. */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += BYTES_A_LINE) {
    const part = Array.from(bytes.subarray(offset, offset + BYTES_A_LINE));
    const digits = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('');
    const at = offset.toString(16).padStart(8, '0');
    lines.push(`${at}  ${digits.padEnd(BYTES_A_LINE * 3 - 1)}  ${text}`);
  }
  return lines;
}
