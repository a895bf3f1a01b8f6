import type { Store } from '../../db/index.ts';
import type { Module, SweepRound } from '../define-module.ts';

export interface Sweep {
  readonly store: Store;
  readonly nowMs: number;
  readonly modules: readonly Pick<Module<never, unknown>, 'sweep'>[];
  /** Asked between steps: the server may be going down. */
  readonly isOver?: () => boolean;
}

/**
 * Ends what has outlived its reason (docs/privacy.md), in small transactions, so that nobody waits long behind one. The
 * journal, the balances and the keys of what was done are never among it. Doing it again does nothing more.
 */
export async function sweep({ store, nowMs, modules, isOver = () => false }: Sweep): Promise<void> {
  const villages = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  const round: SweepRound = { store, nowMs, isOver, villageIds: villages.map(({ id }) => id) };
  for (const module of modules) if (!isOver()) await module.sweep?.(round);
}
