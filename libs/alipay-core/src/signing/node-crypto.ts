import type * as NodeCrypto from 'node:crypto';

/**
 * `node:crypto` where the runtime has it, else null. It is looked up instead of imported, so that the package also
 * loads where it does not exist.
 */
export function nodeCrypto(): typeof NodeCrypto | null {
  const runtime = (globalThis as { process?: Partial<NodeJS.Process> }).process;
  try {
    return runtime?.getBuiltinModule?.('node:crypto') ?? null;
  } catch {
    return null;
  }
}
