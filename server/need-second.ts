import { DAY_MS } from '../shared/business-day.ts';
import type { ToldChange } from '../shared/changes/told-change.ts';
import { Refusal } from '../shared/errors.ts';
import type { GuardedAt } from './at.ts';

/** The refusal of a change that one person may not make alone. It knows what the change would do. */
export class NeedsSecond extends Refusal {
  readonly change: ToldChange;

  constructor(change: ToldChange) {
    super('change.needs_second');
    this.change = change;
  }
}

/** Whether a thing was made after the opening and less than a day ago: whoever made it may still put it right alone. */
export function isJustMade(
  { createdAtMs }: { readonly createdAtMs: number },
  { village, nowMs }: GuardedAt & { readonly nowMs: number },
): boolean {
  return createdAtMs >= (village.openedAtMs ?? 0) && nowMs - createdAtMs < DAY_MS;
}

/**
 * Lets a change pass to which somebody else agreed, and refuses it to one person alone once the books are open. A guarded
 * write calls it for what loosens a guard, before it writes anything.
 */
export function needSecond({ village, agreed }: GuardedAt, change: ToldChange): void {
  if (village.openedAtMs === null) return;
  if (!agreed) throw new NeedsSecond(change);
  agreed.covers(change);
}
