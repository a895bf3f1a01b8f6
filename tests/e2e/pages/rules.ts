import type { Page } from 'playwright-core';
import words from '../../../client/desk/rules/history/locales/zh-CN.ts';
import { businessDay } from '../../../shared/business-day.ts';
import { DECIDERS } from '../../../shared/rules/decider-words.ts';

const { versions: ruleVersions } = words.rules;

/** Says on the form of a rule that the villagers' representatives decided it today, and that it counts at once. */
export async function decideToday(page: Page): Promise<void> {
  const today = businessDay(Date.now(), 'Asia/Shanghai');
  await page.getByLabel(ruleVersions.effectiveFrom).fill(today);
  await page.getByLabel(ruleVersions.decidedBy).selectOption(DECIDERS.representatives.zh);
  await page.getByLabel(ruleVersions.decidedOn).fill(today);
}
