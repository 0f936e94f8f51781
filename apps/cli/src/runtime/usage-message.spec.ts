import { describe, expect, it } from '@jest/globals';
import { usageMessage } from './usage-message.js';

describe('usageMessage', () => {
  it('keeps names of options and commands', () => {
    expect(usageMessage("error: unknown option '--nmae'\n(Did you mean --name?)")).toBe(
      "unknown option '--nmae'\n(Did you mean --name?)",
    );
  });

  it('keeps a small number', () => {
    const message = "option '--limit <n>' argument '0' is invalid.";
    expect(usageMessage(`error: ${message}`)).toBe(message);
  });

  it('drops the value of a mistyped option', () => {
    expect(usageMessage("error: unknown option '--nmae=John'")).toBe("unknown option '--nmae'");
  });

  it.each(['330701199901011311', '张三', '13588111111'])('never quotes %s', (value) => {
    expect(usageMessage(`error: unknown command '${value}'`)).toBe('unknown command (not shown)');
  });
});
