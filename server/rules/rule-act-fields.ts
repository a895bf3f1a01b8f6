import type { ActValue } from '../../shared/acts/act.ts';
import { capCode } from '../../shared/rules/caps.ts';
import { optionText } from '../../shared/rules/options.ts';
import type { ruleActFields } from '../../shared/rules/acts.ts';
import type { CurrentRule } from './rule-fields.ts';

export type ToldRule = Readonly<Record<keyof typeof ruleActFields, ActValue>>;

/** The fields of a rule as acts tell them. Its filing is an act of its own. */
export function toldOfRule({ id: _id, filedOn: _filed, caps, options, ...fields }: CurrentRule): ToldRule {
  return { ...fields, caps: caps.map(capCode), options: options.map(optionText) };
}
