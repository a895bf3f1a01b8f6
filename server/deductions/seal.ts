import { sha256 } from '../documents/index.ts';
import type { ReminderRow } from './reminder-rows.ts';

/**
 * Binds a reminder as it was made to the act that tells of it. Without the salt, which an erasure takes, nobody can try out whose
 * it was or what it said.
 */
export function sealOfReminder({
  salt,
  number,
  householdId,
  ruleId,
  words,
  seenOn,
  dueOn,
  madeBy,
  madeAtMs,
}: Pick<
  ReminderRow,
  'salt' | 'number' | 'householdId' | 'ruleId' | 'words' | 'seenOn' | 'dueOn' | 'madeBy' | 'madeAtMs'
>): string | null {
  const parts = [number, householdId, ruleId, words, seenOn, dueOn, madeBy, madeAtMs];
  return salt === null ? null : sha256(`${salt}\n${JSON.stringify(parts)}`);
}
