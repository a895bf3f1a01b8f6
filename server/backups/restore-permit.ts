import type { Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { notePermitUsed, unusedPermits } from '../changes/index.ts';
import type { Shelved } from './backup-folder.ts';

interface PermitAt {
  readonly villageId: string;
  readonly openedAtMs: number | null;
  readonly nowMs: number;
}

/**
 * Uses up the permit to restore this very file, by name, time and head. Answers how to give it back if the restore changed
 * nothing. Before the books are open none is asked for.
 */
export async function usePermit(
  store: Store,
  { villageId, openedAtMs, nowMs }: PermitAt,
  backup: Shelved,
): Promise<() => Promise<void>> {
  if (openedAtMs === null) return () => Promise.resolve();
  const permit = await store.transaction(async (tx) => {
    await tx.lockBook(villageId);
    const permits = await unusedPermits(tx, villageId, 'backups.allowRestore', nowMs);
    const found = permits.find(({ input }) => isFor(input, backup));
    if (!found) throw new Refusal('change.needs_second');
    await notePermitUsed(tx, found, nowMs);
    return found;
  });
  return () => store.transaction((tx) => notePermitUsed(tx, permit, null));
}

interface Allowed {
  readonly madeAtMs?: unknown;
  readonly head?: { readonly number?: unknown; readonly hash?: unknown };
}

function isFor(
  input: { readonly params: object; readonly body: object } | null,
  { name, madeAtMs, books }: Shelved,
): boolean {
  if (!input) return false;
  const { head, madeAtMs: seenMs }: Allowed = input.body;
  const [book] = books;
  return (
    (input.params as { readonly name?: unknown }).name === name &&
    seenMs === madeAtMs &&
    head?.number === book?.number &&
    head?.hash === book?.hash
  );
}
