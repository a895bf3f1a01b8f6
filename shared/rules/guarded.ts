import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { ruleActFields } from './acts.ts';

/** Writes on rules that may need a second person. */
export const guarded = {
  'rules.update': { zh: '放宽细则', en: 'Loosen a rule', fields: ruleActFields },
  'rules.withdraw': { zh: '撤回更严的细则版本', en: 'Take back a stricter version', fields: ruleActFields },
} as const satisfies GuardedOfDomain;
