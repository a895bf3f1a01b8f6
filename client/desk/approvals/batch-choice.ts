import { markContent } from '../../../shared/proposals/mark-content.ts';
import type { Proposal } from '../../../shared/proposals/proposal.ts';
import { type ProposalAction, PROPOSALS_AT_ONCE_MOST } from '../../../shared/proposals/states.ts';
import type { AnswerOf, BodyOf, Failure } from '../../api/index.ts';
import type { BatchConcerns } from './concern-words.ts';

export type Batch = AnswerOf<'proposals.batches'>['items'][number];

type Row = Pick<Proposal, 'id' | 'points' | 'mark' | 'kind'>;

type Whose = Pick<Proposal, 'household'>;

/** The rows of a batch that can be ticked, counted and summed by the server. */
export interface Offer {
  readonly count: number;
  readonly points: number;
}

/**
 * The ticks in a batch: all rows but some, or only some rows. Most rows of a large batch have never been on this screen,
 * so a batch that is ticked whole is not a list of rows.
 */
export interface Choice {
  readonly kind: 'all-but' | 'only';
  readonly rows: ReadonlyMap<string, Row>;
}

export const NOTHING: Choice = { kind: 'only', rows: new Map() };
export const EVERYTHING: Choice = { kind: 'all-but', rows: new Map() };

export function isTicked({ kind, rows }: Choice, id: string): boolean {
  return rows.has(id) === (kind === 'only');
}

export function countOf({ kind, rows }: Choice, offer: Offer): number {
  return kind === 'only' ? rows.size : offer.count - rows.size;
}

export function pointsOf({ kind, rows }: Choice, offer: Offer): number {
  const points = Array.from(rows.values()).reduce((sum, row) => sum + row.points, 0);
  return kind === 'only' ? points : offer.points - points;
}

/**
 * The ticks of a batch that has just been opened: all that nothing stands against. A row that wants a look is ticked by hand, and
 * so is every row where more of them want a look than were told.
 */
export function firstChoice(offer: Offer, concerns: Pick<BatchConcerns, 'count' | 'rows'> | null): Choice {
  if (concerns === null) return EVERYTHING;
  if (concerns.count > concerns.rows.length) return NOTHING;
  const looks = concerns.rows.flatMap(({ proposal }) => (proposal.mayDecide ? [proposal] : []));
  if (looks.length === offer.count) return NOTHING;
  return { kind: 'all-but', rows: new Map(looks.map((row) => [row.id, row])) };
}

/** Ticks or unticks one row. */
export function toggled(choice: Choice, row: Row, offer: Offer): Choice {
  const rows = new Map(choice.rows);
  if (!rows.delete(row.id)) rows.set(row.id, row);
  if (rows.size < offer.count) return { kind: choice.kind, rows };
  return choice.kind === 'only' ? EVERYTHING : NOTHING;
}

/** The ticks as plain data: they can be kept on the disk with what was sent. */
export interface Ticks {
  readonly kind: Choice['kind'];
  readonly rows: readonly Row[];
}

export function ticksOf({ kind, rows }: Choice): Ticks {
  const plain = Array.from(rows.values(), ({ id, points, mark, kind: deed }) => ({
    id,
    points,
    mark,
    kind: deed,
  }));
  return { kind, rows: plain };
}

export function choiceOf({ kind, rows }: Ticks): Choice {
  return { kind, rows: new Map(rows.map((row) => [row.id, row])) };
}

/** The part of a mark that is the same whenever the same is read; undefined for nothing. */
export function seenIn(shown: Pick<Row, 'mark'> | null | undefined): string | undefined {
  return shown ? markContent(shown.mark) : undefined;
}

/** The proposals have changed since they were shown: they must be looked at again before anything is sent. */
export function isOutOfDate(failure: Failure | null): boolean {
  return failure?.kind === 'problem' && ['proposal.state', 'proposal.changed'].includes(failure.problem.code);
}

/** The subject of a decision: figures for the person who decides, and names for the server. */
export interface Chosen {
  readonly count: number;
  readonly points: number;
  /** The number of households; null if a household may be among them more than once. */
  readonly households: number | null;
  /** The only household among them, by number and name; null if there are more, or if its row has never been here. */
  readonly who: string | null;
  /** The number of proposals that erase a household's personal data. */
  readonly erasures: number;
  readonly named: Pick<BodyOf<'proposals.decide'>, 'ids' | 'marks' | 'batches'>;
}

/** Adds up the ticks in several batches. */
export function chosenIn(
  parts: readonly { readonly batch: Batch; readonly choice: Choice; readonly offer: Offer }[],
): Chosen {
  const ticked = parts.filter(({ choice, offer }) => countOf(choice, offer) > 0);
  const rows = ticked.flatMap(({ choice }) =>
    choice.kind === 'only' ? Array.from(choice.rows.values()) : [],
  );
  const whole = ticked.filter(({ choice }) => choice.kind === 'all-but');
  const count = ticked.reduce((sum, { choice, offer }) => sum + countOf(choice, offer), 0);
  // In the one batch that is open even nothing is "0 households".
  const [one, ...others] = ticked.length > 0 ? ticked : parts;
  const isByHousehold = one !== undefined && others.length === 0 && one.batch.households === one.batch.count;
  return {
    count,
    points: ticked.reduce((sum, { choice, offer }) => sum + pointsOf(choice, offer), 0),
    households: isByHousehold ? count : null,
    who: count === 1 && one ? whoIn(one.batch, one.choice) : null,
    // An erasure is a batch of its own.
    erasures: ticked.filter(({ batch }) => batch.deeds.some(({ kind }) => kind === 'erasure')).length,
    named: {
      ...(rows.length === 0 ? {} : { ids: rows.map(({ id }) => id), marks: rows.map(({ mark }) => mark) }),
      ...(whole.length === 0
        ? {}
        : {
            batches: whole.map(({ batch, choice }) => ({
              batchId: batch.id,
              mark: batch.mark,
              except: Array.from(choice.rows.keys()),
            })),
          }),
    },
  };
}

function nameOf({ household: { number, head } }: Whose): string {
  return `${number} ${head}`;
}

function whoIn({ count, first }: Batch, choice: Choice): string | null {
  if (choice.kind === 'all-but' && count > 1) return null;
  const row = first.find(({ id }) => isTicked(choice, id));
  return row ? nameOf(row) : null;
}

/** The part of a batch that still stands. No sum counts what was withdrawn. */
export function standingOf({ count, points, states }: Pick<Batch, 'count' | 'points' | 'states'>): Offer {
  const gone = states.find(({ state }) => state === 'withdrawn');
  if (!gone || gone.count === count) return { count, points };
  return { count: count - gone.count, points: points - gone.points };
}

/** Whether the server would refuse it as more than it takes in one go. */
export function isTooMuch({ count }: Pick<Chosen, 'count'>): boolean {
  return count > PROPOSALS_AT_ONCE_MOST;
}

/** Names the intent of a decision: the same action on the same rows has the same, and any other has another. */
export function decisionOf(action: ProposalAction, { named: { ids = [], batches = [] } }: Chosen): string {
  const whole = batches.map(({ batchId, except = [] }) => [batchId, ...[...except].sort()]);
  return JSON.stringify([action, [...ids].sort(), ...whole]);
}

/** The subject of a decision on a single proposal. */
export function chosenOne({ id, mark, points, kind, household }: Row & Whose): Chosen {
  return {
    count: 1,
    points,
    households: 1,
    who: nameOf({ household }),
    erasures: kind === 'erasure' ? 1 : 0,
    named: { ids: [id], marks: [mark] },
  };
}
