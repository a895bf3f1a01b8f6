import { and, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { type HandoverState, type Side, SIDES } from '../../shared/handovers/states.ts';
import { ACT_FACT, isAct, toldText } from '../acts/index.ts';
import { type ActEntry, actEntries } from '../ledger/index.ts';

type SignatureRow = Tables['signatures']['$inferSelect'];

/** A hand-over as the book of acts and the signatures tell of it. */
export interface HandoverNow {
  readonly id: string;
  /** Ids of the two sides. */
  readonly from: string;
  readonly to: string;
  readonly changedOn: string;
  readonly dueOn: string;
  readonly hash: string;
  /** The act by which it was frozen. */
  readonly started: ActEntry;
  readonly signed: Readonly<Partial<Record<Side, SignatureRow>>>;
  readonly withdrawn: ActEntry | null;
}

const THING = 'handover:';
/** A village that changes its committee each month for a thousand years has fewer. */
const ACTS_MOST = 100_000;

/** Reads every hand-over of a village, newest first: a handful in a lifetime. */
export async function readHandovers(reader: Reader, villageId: string): Promise<HandoverNow[]> {
  const acts = await actEntries(reader, villageId, {
    sources: [],
    among: { sourceBegins: THING, fact: ACT_FACT },
    limit: ACTS_MOST,
  });
  const started = acts.filter((act) => isAct(act, 'handovers.started'));
  if (started.length === 0) return [];
  const withdrawn = new Map(
    acts.filter((act) => isAct(act, 'handovers.withdrawn')).map((act) => [act.source, act]),
  );
  const ids = started.map(({ source }) => idIn(source));
  const signatures = Map.groupBy(await signaturesOn(reader, villageId, ids), (row) => row.documentId);
  return started.map((act) => {
    const id = idIn(act.source);
    const [from, to] = [toldText(act, 'from'), toldText(act, 'to')];
    const by = (person: string) => signatures.get(id)?.find(({ signedBy }) => signedBy === person);
    const [first, second] = [by(from), by(to)];
    return {
      ...{ id, from, to, changedOn: toldText(act, 'changedOn'), dueOn: toldText(act, 'dueOn') },
      ...{ hash: toldText(act, 'document'), started: act, withdrawn: withdrawn.get(act.source) ?? null },
      signed: { ...(first ? { from: first } : {}), ...(second ? { to: second } : {}) },
    };
  });
}

export function stateOf({ signed, withdrawn }: HandoverNow): HandoverState {
  if (SIDES.every((side) => signed[side])) return 'signed';
  return withdrawn ? 'withdrawn' : 'open';
}

/** The side that this person is; null for everybody else. */
export function sideOf({ from, to }: Pick<HandoverNow, 'from' | 'to'>, personId: string): Side | null {
  if (personId === from) return 'from';
  return personId === to ? 'to' : null;
}

/** True where both sides had not signed when the last day of the time was over, and it was not withdrawn by then. */
export function wasLate({ dueOn, signed, withdrawn }: HandoverNow, timeZone: string): boolean {
  const inTime = (atMs: number | undefined) => atMs !== undefined && businessDay(atMs, timeZone) <= dueOn;
  return !SIDES.every((side) => inTime(signed[side]?.signedAtMs)) && !inTime(withdrawn?.bookedAtMs);
}

/** The reason of a withdrawal. */
export function reasonIn(act: ActEntry): string {
  return toldText(act, 'reason');
}

function idIn(source: string | null): string {
  return (source ?? '').slice(THING.length);
}

async function signaturesOn(
  { db, t: { signatures } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<SignatureRow[]> {
  const found: SignatureRow[] = [];
  for (const some of chunked(ids)) {
    const rows = await db
      .select()
      .from(signatures)
      .where(
        and(
          eq(signatures.villageId, villageId),
          eq(signatures.kind, 'handover'),
          inArray(signatures.documentId, [...some]),
        ),
      );
    found.push(...rows);
  }
  return found;
}
