import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { OBJECTION_TRANSITIONS, objectionsThat } from '../../shared/objections/states.ts';
import {
  badTold,
  type CheckAt,
  firstWrong,
  type StartCheck,
  type ToldAct,
  type ToldColumn,
} from '../acts/index.ts';
import { pagesById } from '../rows-by-id.ts';
import {
  eventsOf,
  type ObjectionEvent,
  type ObjectionRow,
  sealOfEvent,
  sealOfObjection,
} from './objection-row.ts';

const RECEIVED = 'objections.received';
/** The step that each act tells of. */
const STEPS: Readonly<Record<string, keyof typeof OBJECTION_TRANSITIONS>> = {
  'objections.answered': 'answer',
  'objections.withdrawn': 'withdraw',
  'objections.appealed': 'appeal',
  'objections.upheld': 'stand',
  'objections.sent_back': 'send_back',
  'objections.confirmed': 'confirm',
  'objections.overruled': 'overrule',
};
/** Printing changes nothing of it. */
const REFERRED = 'objections.referred';

/** Compares every objection, each of its steps and the deeds that are held by one with the acts of the book. */
export const checkObjections: StartCheck = (at) => {
  const told = new Map<string, ToldAct[]>();
  let erased = 0;
  return {
    take(act) {
      if (act.act === 'households.erased') erased = act.number;
      if (act.kind === 'objection' && act.act !== REFERRED)
        told.set(act.id, [...(told.get(act.id) ?? []), act]);
    },
    async finish({ isWhole }) {
      let [rows, last] = [0, 0];
      for await (const page of pagesById(at, 'objections')) {
        const events = await eventsOf(
          at.reader,
          at.villageId,
          page.map(({ id }) => id),
        );
        for (const row of page) {
          const acts = told.get(row.id) ?? [];
          told.delete(row.id);
          const wrong = wrongObjection(at, { row, events: events.get(row.id) ?? [], acts, erased, isWhole });
          if (wrong) return wrong;
          rows += 1;
          last = Math.max(last, row.number);
        }
      }
      const { objections } = at.reader.t;
      const [lost] = told;
      if (lost && isWhole) return badTold(objections, { id: lost[0], check: 'missing' });
      if (rows !== last) return badTold(objections, { id: String(last), column: 'number', check: 'missing' });
      return (await strayEvent(at)) ?? (await wrongHold(at));
    },
  };
};

interface Compared {
  readonly row: ObjectionRow;
  readonly events: readonly ObjectionEvent[];
  readonly acts: readonly ToldAct[];
  readonly erased: number;
  readonly isWhole: boolean;
}

function wrongObjection(at: CheckAt, { row, events, acts, erased, isWhole }: Compared): BadRow | null {
  const { objections, objectionEvents } = at.reader.t;
  const { id } = row;
  const [first] = acts;
  const last = acts.at(-1);
  if (!first || !last) return isWhole ? badTold(objections, { id, check: 'orphan' }) : null;
  const seal = sealOfObjection(row);
  if (seal !== null && seal !== first.is.get('seal'))
    return badTold(objections, { id, column: 'words', check: 'told', number: first.number });
  for (const [index, act] of acts.entries()) {
    const event = events[index];
    if (!event) return badTold(objectionEvents, { id, check: 'missing', number: act.number });
    const bad = wrongEvent(at, event, { row, act, index, before: events[index - 1], erased });
    if (bad) return bad;
  }
  if (events.length > acts.length) return badTold(objectionEvents, { id, check: 'orphan' });
  return firstWrong(
    objections,
    { id, check: 'told', number: last.number },
    columnsOf(row, events, acts, erased),
  );
}

/** Each column of an objection, as the acts and its steps tell it. */
function columnsOf(
  row: ObjectionRow,
  events: readonly ObjectionEvent[],
  acts: readonly ToldAct[],
  erased: number,
): ToldColumn[] {
  const [first] = acts;
  const is = (field: string) => first?.is.get(field);
  const dueOn = acts.findLast((act) => act.is.has('dueOn'))?.is.get('dueOn');
  const ended = events.findLast(({ outcome, toState }) => outcome !== null || toState === 'open');
  return [
    ['number', is('number'), row.number],
    ['kind', is('kind'), row.kind],
    ['channel', is('channel'), row.channel],
    ['proposalId', is('deed'), row.proposalId],
    ['entryNumber', is('entry'), row.entryNumber],
    ['noticeId', is('notice'), row.noticeId],
    ['receivedBy', first && personOf(first), row.receivedBy],
    ['receivedAtMs', events[0]?.atMs, row.receivedAtMs],
    ['dueOn', dueOn, row.dueOn],
    ['state', events.at(-1)?.toState, row.state],
    ['outcome', ended?.outcome, row.outcome],
    ['answeredAtMs', ended?.outcome ? ended.atMs : null, row.answeredAtMs],
    ['salt', true, row.salt !== null || ((first?.number ?? 0) < erased && row.words + row.name === '')],
  ];
}

function wrongEvent(
  { reader }: CheckAt,
  event: ObjectionEvent,
  {
    row,
    act,
    index,
    before,
    erased,
  }: {
    readonly row: ObjectionRow;
    readonly act: ToldAct;
    readonly index: number;
    readonly before: ObjectionEvent | undefined;
    readonly erased: number;
  },
): BadRow | null {
  const { objectionEvents } = reader.t;
  const id = `${event.objectionId} ${String(index + 1)}`;
  const step = STEPS[act.act];
  const to = index === 0 && act.act === RECEIVED ? 'open' : step && OBJECTION_TRANSITIONS[step].to;
  const wrong = firstWrong(objectionEvents, { id, check: 'told', number: act.number }, [
    ['step', index + 1, event.step],
    ['fromState', before?.toState ?? null, event.fromState],
    ['toState', to, event.toState],
    ['outcome', step === 'withdraw' ? 'withdrawn' : act.is.get('outcome'), event.outcome],
    ['actorId', personOf(act), event.actorId],
    [
      'salt',
      true,
      event.salt === null ? act.number < erased && event.reason === '' : index > 0 || event.salt === '',
    ],
  ]);
  if (wrong) return wrong;
  // The first step has no words of its own: those of the objection are sealed with its row.
  if (index === 0)
    return firstWrong(objectionEvents, { id, check: 'told', number: act.number }, [
      ['atMs', row.receivedAtMs, event.atMs],
      ['reason', '', event.reason],
    ]);
  const seal = sealOfEvent(event);
  const isSame = seal === null || seal === act.is.get('seal');
  return isSame
    ? null
    : badTold(objectionEvents, { id, column: 'reason', check: 'told', number: act.number });
}

/** The person of the staff who took a step; null: the objector, by phone. */
function personOf({ actorId }: ToldAct): string | null {
  return actorId === OBJECTOR ? null : actorId;
}

/** Finds a step without its objection. */
async function strayEvent({ reader, villageId }: CheckAt): Promise<BadRow | null> {
  const { objections, objectionEvents } = reader.t;
  const rows = await reader.db
    .selectDistinct({ id: objectionEvents.objectionId, found: objections.id })
    .from(objectionEvents)
    .leftJoin(
      objections,
      and(
        eq(objections.villageId, objectionEvents.villageId),
        eq(objections.id, objectionEvents.objectionId),
      ),
    )
    .where(eq(objectionEvents.villageId, villageId));
  const stray = rows.find(({ found }) => found === null);
  return stray ? badTold(objectionEvents, { id: stray.id, check: 'orphan' }) : null;
}

/** A deed that is not posted yet is held by as many objections as are open about it, and contested only by those. */
async function wrongHold({ reader, villageId }: CheckAt): Promise<BadRow | null> {
  const { objections, proposals } = reader.t;
  const open = await reader.db
    .select({ id: objections.proposalId })
    .from(objections)
    .where(
      and(
        eq(objections.villageId, villageId),
        isNotNull(objections.proposalId),
        inArray(objections.state, objectionsThat('holdsDeed')),
      ),
    );
  const counted = Map.groupBy(open, ({ id }) => id ?? '');
  const held = await reader.db
    .select({ id: proposals.id, state: proposals.state, openObjections: proposals.openObjections })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        or(
          isNotNull(proposals.openObjections),
          eq(proposals.state, 'contested'),
          inArray(proposals.id, [...counted.keys()]),
        ),
      ),
    );
  for (const { id, state, openObjections } of held) {
    const count = state === 'posted' ? 0 : (counted.get(id)?.length ?? 0);
    const wrong = firstWrong(proposals, { id, check: 'told', number: null }, [
      ['openObjections', count, openObjections ?? 0],
      ['state', false, state === 'contested' && count === 0],
      ['state', false, state === 'on_notice' && count > 0],
    ]);
    if (wrong) return wrong;
  }
  return null;
}
