import type { Catalogue } from '../sentence.ts';
import type { RuleDecider } from './deciders.ts';

/** The meetings that decide on rules. Said on the pages of rules and in acts. */
export const DECIDERS = {
  assembly: { zh: '村民会议', en: 'the meeting of all villagers' },
  representatives: { zh: '村民代表会议', en: 'the meeting of villagers’ representatives' },
  committee: { zh: '村“两委”会议', en: 'the meeting of the village’s committees' },
  panel: { zh: '评议小组会议', en: 'the meeting of the panel' },
} as const satisfies Catalogue & Readonly<Record<RuleDecider, unknown>>;

export function isDecider(text: string): text is RuleDecider {
  return text in DECIDERS;
}
