import type { Role } from '../roles.ts';

export const permissions = {
  /** Keys in what came on paper or by word of mouth. It decides nothing. */
  'objection.keep': ['admin', 'committee', 'approver', 'group_leader'],
  /** Those who decide proposals, without those who had a part in the deed (server/objections/may-answer.ts). */
  'objection.answer': ['approver'],
  /** Lets an answer stand, or sends it to others. A supervisor answers nothing and sets no points. */
  'objection.judge': ['supervisor'],
  /** Prints the sheet for the township, and keys in what it answers. Those alone who are told who objected. */
  'objection.refer': ['approver', 'supervisor'],
  'objection.own': ['household'],
} as const satisfies Record<string, readonly Role[]>;
