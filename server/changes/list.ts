import { and, desc, eq, lt, ne } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Change } from '../../shared/changes/contract.ts';
import { guardedSpec, isGuarded } from '../../shared/changes/guarded.ts';
import { type ChangeState, OVER, PERMIT_MS, WAITING } from '../../shared/changes/states.ts';
import { mayDo } from '../../shared/permissions.ts';
import { type ActNames, shownPlans } from '../acts/index.ts';
import type { Actor } from '../http/index.ts';
import { whyNotSecond } from '../proposals/index.ts';
import { staffNames } from '../staff/index.ts';
import { type ChangeRow, handedInOf, isPermit, markOfChange } from './change-row.ts';

export interface ChangesViewer {
  readonly villageId: string;
  readonly actor: Actor;
  readonly names: ActNames;
}

interface ChangesQuery {
  readonly state?: ChangeState | typeof OVER | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Begins the place of a page among the changes that are over. */
const PLACE_OVER = `${OVER}.`;

/** Reads a page of changes: those that wait first, each part with the latest first. */
export async function listChanges(reader: Reader, viewer: ChangesViewer, query: ChangesQuery) {
  const { state, after, limit } = query;
  const isOver = after?.startsWith(PLACE_OVER) === true;
  const before = isOver ? after.slice(PLACE_OVER.length) : after;
  const wantsWaiting = !isOver && (state === undefined || state === WAITING);
  const first = wantsWaiting
    ? await rowsOf(reader, viewer.villageId, { isWaiting: true, before, limit: limit + 1 })
    : [];
  const rest =
    state === WAITING || first.length > limit
      ? []
      : await rowsOf(reader, viewer.villageId, {
          isWaiting: false,
          state: state === OVER ? undefined : state,
          before: isOver ? before : undefined,
          limit: limit + 1 - first.length,
        });
  const rows = [...first, ...rest];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? placeOf(last, first.length >= limit + 1) : null;
  return { items: await shownTo(reader, viewer, page), next, ...(await waitingFor(reader, viewer)) };
}

/** The place behind a change. When none waits behind it, the next page begins with those that are over. */
function placeOf({ id, state }: ChangeRow, isMoreWaiting: boolean): string {
  if (state === WAITING) return isMoreWaiting ? id : `${PLACE_OVER}~`;
  return PLACE_OVER + id;
}

interface Part {
  readonly isWaiting: boolean;
  readonly state?: ChangeState | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

function rowsOf(
  { db, t: { changes } }: Reader,
  villageId: string,
  { isWaiting, state, before, limit }: Part,
): Promise<ChangeRow[]> {
  return Promise.resolve(
    db
      .select()
      .from(changes)
      .where(
        and(
          eq(changes.villageId, villageId),
          isWaiting ? eq(changes.state, WAITING) : ne(changes.state, WAITING),
          state === undefined ? undefined : eq(changes.state, state),
          before === undefined ? undefined : lt(changes.id, before),
        ),
      )
      .orderBy(desc(changes.id))
      .limit(limit),
  );
}

/** Counts what waits in all, and what waits for this caller. */
export async function waitingFor(
  { db, t: { changes } }: Reader,
  { villageId, actor }: Pick<ChangesViewer, 'villageId' | 'actor'>,
): Promise<{ waiting: number; waitingForMe: number }> {
  const { state, proposedBy, proposedAtMs, householdId } = changes;
  const rows = await db
    .select({ state, proposedBy, proposedAtMs, householdId })
    .from(changes)
    .where(and(eq(changes.villageId, villageId), eq(state, WAITING)));
  return { waiting: rows.length, waitingForMe: rows.filter((row) => whyNot(actor, row) === null).length };
}

function whyNot(
  actor: Actor,
  row: Pick<ChangeRow, 'state' | 'proposedBy' | 'proposedAtMs' | 'householdId'>,
): Change['whyNot'] {
  if (row.state !== WAITING) return 'state';
  return mayDo(actor.roles, 'change.decide') ? whyNotSecond(actor, handedInOf(row)) : 'role';
}

/** Puts changes into the form of the contract, as this person sees them. */
export async function shownTo(
  reader: Reader,
  { villageId, actor, names }: ChangesViewer,
  rows: readonly ChangeRow[],
): Promise<Change[]> {
  if (rows.length === 0) return [];
  const staff = await staffNames(reader, villageId);
  const told = await shownPlans(
    reader,
    names,
    villageId,
    rows.map(({ operation, told: kept }) => ({
      spec: isGuarded(operation) ? guardedSpec(operation) : { zh: operation, en: operation, fields: {} },
      on: kept?.on ?? '',
      facts: kept?.facts ?? null,
    })),
  );
  return rows.map((row, index) => {
    const { id, operation, reason, state, note, proposedAtMs, decidedAtMs, decidedBy, usedAtMs } = row;
    const why = whyNot(actor, row);
    const untilMs = (decidedAtMs ?? 0) + PERMIT_MS;
    return {
      ...{ id, operation, reason, state, note, proposedAtMs, decidedAtMs },
      told: told[index] ?? { words: { zh: '', en: '' }, thing: NOTHING, changes: [], isErased: true },
      proposedBy: staff.get(row.proposedBy) ?? '',
      decidedBy: decidedBy === null ? null : (staff.get(decidedBy) ?? ''),
      isPermit: isPermit(operation),
      permit: isPermit(operation) && state === 'agreed' ? { untilMs, usedAtMs } : null,
      ...{ mark: markOfChange(row), mayDecide: why === null, whyNot: why },
      isMine: row.proposedBy === actor.id,
    };
  });
}

const NOTHING = { kind: '', id: '', name: '' };
