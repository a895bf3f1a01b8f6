import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import { refuseUnevenBudget } from '../budget/index.ts';
import type { Ledger } from '../ledger/index.ts';

export interface NewVillage {
  readonly id: string;
  /** Names the village's book for ever, in every export. */
  readonly bookId: string;
  readonly name: string;
  readonly town: string;
  readonly isDemo: boolean;
  readonly settings?: Partial<VillageSettings>;
  /** For a village that has its books open from the beginning. */
  readonly openedAtMs?: number | null;
  readonly nowMs: number;
}

/**
 * The random end of an id, because a village's id stands in every row and in most indexes. The primary key refuses one
 * that exists.
 */
export function newVillageId(newId: () => string): string {
  return newId().slice(-8);
}

/** Makes a village and opens its book. */
export async function createVillage(tx: Tx, ledger: Ledger, fresh: NewVillage): Promise<void> {
  const { id, bookId, name, town, isDemo, settings, openedAtMs = null, nowMs } = fresh;
  const { villages } = tx.t;
  await tx.db
    .insert(villages)
    .values({
      ...{ id, name, town, isDemo, settings: { ...DEFAULT_SETTINGS, ...settings } },
      ...{ createdAtMs: nowMs, openedAtMs },
    })
    .returning({ id: villages.id });
  await ledger.openBook(tx, id, bookId);
}

/** The names and settings of all villages. */
export async function villagesSettings(reader: Reader) {
  const { villages } = reader.t;
  const rows = await reader.db
    .select({ name: villages.name, settings: villages.settings })
    .from(villages)
    .orderBy(villages.createdAtMs);
  return rows.map(({ name, settings }) => ({ name, settings: { ...DEFAULT_SETTINGS, ...settings } }));
}

/** True until a village has been made, by whichever way. */
export async function needsSetup(reader: Reader): Promise<boolean> {
  const { villages } = reader.t;
  const some = await reader.db.select({ id: villages.id }).from(villages).limit(1);
  return some.length === 0;
}

/**
 * Lets one caller set this installation up. If two try at once, the row's one key makes the second wait for the
 * first's outcome. Refuses with setup.done.
 */
export async function claimSetup(tx: Tx, villageId: string, nowMs: number): Promise<void> {
  if (!(await needsSetup(tx))) throw new Refusal('setup.done');
  const { installation } = tx.t;
  const claimed = await tx.db
    .insert(installation)
    .values({ id: 'first', villageId, setUpAtMs: nowMs })
    .onConflictDoNothing()
    .returning({ id: installation.id });
  if (claimed.length === 0) throw new Refusal('setup.done');
}

export interface VillageChanges {
  readonly name?: string | undefined;
  readonly town?: string | undefined;
  readonly settings?: Partial<VillageSettings> | undefined;
}

/** Changes what is given and leaves the rest. Refuses with budget.heads_over. */
export async function updateVillage(tx: Tx, villageId: string, changes: VillageChanges) {
  const { villages } = tx.t;
  // The lock keeps both changes if two administrators change different settings at the same moment.
  await tx.lockBook(villageId);
  const [before] = await tx.db.select().from(villages).where(eq(villages.id, villageId));
  if (!before) throw new Refusal('village.not_found');
  const settings = { ...DEFAULT_SETTINGS, ...before.settings, ...changes.settings };
  refuseUnevenBudget(settings);
  const { name = before.name, town = before.town } = changes;
  await tx.db
    .update(villages)
    .set({ name, town, settings })
    .where(eq(villages.id, villageId))
    .returning({ id: villages.id });
  return { id: villageId, name, town, isDemo: before.isDemo, settings };
}
