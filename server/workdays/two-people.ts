import type { ToldChange } from '../../shared/changes/told-change.ts';
import type { GuardedAt } from '../at.ts';
import { NeedsSecond } from '../need-second.ts';

/** Asks for a second person, also before the books are open: an hour that nobody was seen to work is entered by two. */
export function needTwo({ agreed }: Pick<GuardedAt, 'agreed'>, change: ToldChange): void {
  if (!agreed) throw new NeedsSecond(change);
  agreed.covers(change);
}
