import type { Store } from '../../db/index.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import type { Operation } from '../../shared/operation.ts';
import { RETENTION_DAYS } from '../../shared/privacy/retention.ts';
import { dropOldPhotos, releaseAllUnkept } from '../proposals/index.ts';
import { dropOldVerifications } from '../ledger/index.ts';
import { forgetAnswers } from '../http/index.ts';
import { dropEnded, forgetOld } from '../identity/index.ts';
import { dropUnconfirmed } from '../imports/index.ts';
import { dropUnused } from '../pictures/index.ts';
import { dropOldCodes } from '../shop/index.ts';

const DAY_MS = 86_400_000;
/** Answers that hold a password, PIN or code. */
const SECRET_ROUTES = (Object.keys(OPERATIONS) as EndpointId[]).filter(
  (id) => (OPERATIONS[id] as Operation).secret === true,
);

export interface Sweep {
  readonly store: Store;
  readonly nowMs: number;
  /** Asked between steps: the server may be going down. */
  readonly isOver?: () => boolean;
}

/**
 * Ends what has outlived its reason (docs/privacy.md), in small transactions, so that nobody waits long behind one. The
 * journal, the balances and the keys of what was done are never among it. Doing it again does nothing more.
 */
export async function sweep({ store, nowMs, isOver = () => false }: Sweep): Promise<void> {
  const ago = (what: keyof typeof RETENTION_DAYS) => nowMs - RETENTION_DAYS[what] * DAY_MS;
  await store.transaction((tx) => forgetOld(tx, ago('wrongTries')));
  await store.transaction((tx) => dropEnded(tx, { nowMs, endedBeforeMs: ago('endedLogIns') }));
  await store.transaction((tx) => dropOldCodes(tx, nowMs));
  await store.transaction((tx) => dropUnconfirmed(tx, ago('unconfirmedImports')));
  const villages = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  for (const { id } of villages) await store.transaction((tx) => releaseAllUnkept(tx, id));
  await store.transaction((tx) => dropUnused(tx, ago('unusedPhotos')));
  for (const { id: villageId } of villages) {
    await store.transaction((tx) =>
      dropOldVerifications(tx, villageId, {
        soundMs: ago('verifications'),
        failedMs: ago('failedVerifications'),
      }),
    );
    await store.transaction((tx) =>
      dropOldPhotos(tx, villageId, {
        withdrawn: ago('withdrawnPhotos'),
        returned: ago('returnedPhotos'),
        posted: ago('deedPhotos'),
      }),
    );
    for (let after: string | null = ''; after !== null && !isOver();)
      after = await forgetAnswers(store, {
        ...{ villageId, after, secretRoutes: SECRET_ROUTES },
        secretBeforeMs: ago('secretAnswers'),
        beforeMs: ago('answers'),
      });
  }
}
