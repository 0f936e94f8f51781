import type { Command } from 'commander';
import { SETTINGS, type SettingName } from './settings.js';

/** Gives a command `--profile` and the flags of its settings. */
export function addSettingFlags(command: Command, names: readonly SettingName[]): void {
  for (const { name, placeholder, variable, description } of SETTINGS) {
    if (names.includes(name)) {
      command.option(`--${name} <${placeholder}>`, `${description}; else ${variable}`);
    }
  }
  command.option('--profile <name>', 'another profile than the current one; see zhimaper config');
}

/** What the flags of settings say, out of all options of a command. */
export function readSettingFlags(
  options: Readonly<Record<string, unknown>>,
  names: readonly SettingName[],
): Partial<Record<SettingName, string>> {
  const given: Partial<Record<SettingName, string>> = {};
  for (const name of names) {
    const value = options[camelCase(name)];
    if (typeof value === 'string') given[name] = value;
  }
  return given;
}

/** As commander names an option's value. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
