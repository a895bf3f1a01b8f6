import type { Reader } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { DRAWS_A_MONTH_MOST } from '../../shared/rechecks/states.ts';
import type { RecheckDraw, RecheckItem } from '../../shared/rechecks/contract.ts';
import { mayDo } from '../../shared/permissions.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { bookedEntries } from '../ledger/index.ts';
import { type DrawnAward, householdsOf, readAwards, reversalsProposed } from './drawn-awards.ts';
import { stateOf, whyNotCheck } from './may-check.ts';
import { awardsStandingThen, entriesOfMonth } from './month-entries.ts';
import { type Check, type Draw, drawnIn, readMonth } from './told-months.ts';

interface Viewer {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
}

/** Reads a month as this person sees it: by which head it is drawn, what was drawn, and what was found. */
export async function viewMonth(
  reader: Reader,
  viewer: Viewer,
  month: string,
): Promise<Answer<Operations['rechecks.get']>> {
  const { village, actor, today } = viewer;
  const isOver = month < today.slice(0, 7);
  const { timeZone } = village.settings;
  const span = isOver ? await entriesOfMonth(reader, village.id, { month, timeZone }) : null;
  const now = await readMonth(reader, village.id, month);
  const earlier = new Set(drawnIn(now));
  const standing = span ? await awardsStandingThen(reader, village.id, span) : [];
  const pool = standing.filter((number) => !earlier.has(number)).length;
  const items = await itemsOf(reader, viewer, drawnIn(now), now.checks);
  return {
    ...{ month, isOver, pool },
    head: span && { number: span.last, digits: span.digits },
    mayDraw: mayDo(actor.roles, 'recheck.draw') && pool > 0 && now.draws.length < DRAWS_A_MONTH_MOST,
    draws: await shownDraws(reader, village.id, now.draws, items),
  };
}

async function shownDraws(
  reader: Reader,
  villageId: string,
  draws: readonly Draw[],
  items: ReadonlyMap<number, RecheckItem>,
): Promise<RecheckDraw[]> {
  if (draws.length === 0) return [];
  const nameThen = await bookerNamesThen(reader, villageId);
  const heads = await bookedEntries(
    reader,
    villageId,
    draws.map(({ head }) => head),
  );
  return draws.map(({ draw, called, calledBy, wanted, pool, digest, head, drawn, by, atMs, number }) => {
    const hash = heads.get(head)?.hash ?? '';
    return {
      ...{ draw, called, calledBy, wanted, pool, digest, atMs, journalNumber: number },
      by: nameThen(by, number) ?? '',
      head: { number: head, hash, digits: publicDigits(hash) },
      items: drawn.flatMap((entry) => items.get(entry) ?? []),
    };
  });
}

async function itemsOf(
  reader: Reader,
  viewer: Viewer,
  drawn: readonly number[],
  checks: ReadonlyMap<number, Check>,
): Promise<Map<number, RecheckItem>> {
  if (drawn.length === 0) return new Map();
  const villageId = viewer.village.id;
  const awards = await readAwards(reader, villageId, drawn);
  const households = await householdsOf(
    reader,
    villageId,
    Array.from(awards.values(), ({ householdId }) => householdId),
  );
  const proposals = await reversalsProposed(
    reader,
    villageId,
    Array.from(checks.values(), ({ proposalId }) => proposalId ?? ''),
  );
  const nameThen = await bookerNamesThen(reader, villageId);
  const shown = (award: DrawnAward): RecheckItem => {
    const { number, householdId: id, title, day, points, proposedBy, approvedBy, reversedBy } = award;
    const check = checks.get(number);
    const proposal = proposals.get(check?.proposalId ?? '');
    const whyNot = whyNotCheck(viewer, { award, check, proposal: proposal?.state });
    return {
      ...{ number, title, day, points, reversedBy, whyNot, mayCheck: whyNot === null },
      household: households.get(id) ?? { id, number: '', head: '', group: '' },
      proposedBy: (proposedBy === null ? null : nameThen(proposedBy, number)) ?? '',
      approvedBy: nameThen(approvedBy, number) ?? '',
      state: stateOf({ award, check }),
      check: check
        ? {
            ...{ by: nameThen(check.by, check.number) ?? '', atMs: check.atMs },
            ...{ note: check.finding ?? '', isErased: check.finding === null },
            proposal: proposal
              ? { id: proposal.id, state: proposal.state, journalNumber: proposal.journalNumber }
              : null,
          }
        : null,
    };
  };
  return new Map(Array.from(awards, ([number, award]) => [number, shown(award)]));
}
