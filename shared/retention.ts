import { DOMAINS } from './domains.ts';
import { foldPart } from './fold.ts';
import { DAY_MS } from './business-day.ts';

/** How many days the daily sweep keeps data. docs/privacy.md says why. */
export const RETENTION_DAYS = /* @__PURE__ */ foldPart(DOMAINS, 'retentionDays');

/** The sweep removes data older than this instant. */
export function sweptBeforeMs(nowMs: number, what: keyof typeof RETENTION_DAYS): number {
  return nowMs - RETENTION_DAYS[what] * DAY_MS;
}
