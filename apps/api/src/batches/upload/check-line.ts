import { AlipayInputError, type GatewayIdentity, type InputIssue } from '@zhimaper/alipay-core';
import {
  applicationSchema,
  personIssues,
  type Application,
} from '../../authorizations/authorization-schemas.js';
import { personOf } from '../../authorizations/person-of.js';
import { checkSendable } from '../../authorizations/sendable.js';
import type { Person } from '../../crypto/hasher.js';
import type { ReadLine } from './read-lines.js';

/** A fault of a line, as it is stored: neither a value nor a sentence. */
export interface LineIssue {
  field: string;
  code: string;
}

/** A line that can be applied for, or what is wrong with it. */
export type CheckedLine =
  | { valid: true; application: Application; person: Person }
  | { valid: false; issues: LineIssue[]; bytes: Buffer };

/**
 * Checks a line as `POST /v1/authorizations` checks its body, so that nothing waits which the service would then
 * refuse.
 */
export function checkLine(line: ReadLine, identity: GatewayIdentity, now: Date): CheckedLine {
  const { bytes } = line;
  if ('fault' in line) {
    return { valid: false, issues: [{ field: 'line', code: line.fault }], bytes };
  }
  const { success, data, error } = applicationSchema.safeParse(line.value);
  if (!success) return refused(personIssues(line.value, error, 'line'), bytes);
  try {
    const { input } = checkSendable(personOf(data), identity, now);
    return { valid: true, application: data, person: input };
  } catch (fault) {
    if (fault instanceof AlipayInputError) return refused(fault.issues, bytes);
    throw fault;
  }
}

/** A member that nobody knows may be named by a value: whoever sent the line looks it up there. */
function refused(issues: readonly InputIssue[], bytes: Buffer): CheckedLine {
  return {
    valid: false,
    issues: issues.map(({ field, code }) => ({
      field: code === 'UNKNOWN_MEMBER' ? '(unnamed)' : field,
      code,
    })),
    bytes,
  };
}
