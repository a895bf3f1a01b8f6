import type { Reader } from '../../db/index.ts';
import { formatHundredths, parseHundredths } from '../../shared/points.ts';
import type { Band, Marks, RoundItem, RoundState } from '../../shared/rounds/states.ts';
import { ACT_FACT, IS } from '../acts/index.ts';
import { type ActEntry, actEntries } from '../ledger/index.ts';

/** Rounds and their sheets have no table of their own: they are acts, done to `round:ID`. */
export const THING = 'round';

/** The marks of one judge, as they were last handed in. */
export interface Sheet {
  /** How often it was handed in. */
  readonly version: number;
  /** By household. */
  readonly marks: readonly Marks[];
  /** The judge, or somebody who keyed in the paper. */
  readonly by: string;
  readonly atMs: number;
}

interface Done {
  readonly by: string;
  readonly atMs: number;
  /** The number of the act. */
  readonly entry: number;
}

interface Closing extends Done {
  readonly batchId: string | null;
  readonly awards: number;
  readonly total: number;
  readonly leftOut: number;
  /** A household each: its mean, and the points proposed; "-" stands for no result. */
  readonly results: readonly string[];
}

/** A round as its acts leave it. */
export interface RoundNow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly day: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly items: readonly RoundItem[];
  readonly bands: readonly Band[];
  readonly householdIds: readonly string[];
  readonly judges: readonly string[];
  readonly opened: Done;
  readonly sheets: Map<string, Sheet>;
  /** Everybody who handed in or keyed in a sheet, or judges: nobody of them approves an award of the round. */
  readonly hadPart: Set<string>;
  closed: Closing | null;
  withdrawn: (Done & { readonly reason: string }) | null;
}

/** An act, however it was read. */
export interface Told extends Done {
  readonly act: string;
  readonly id: string;
  readonly field: (name: string) => unknown;
}

/** A round is opened, corrected a few times and closed. */
const ACTS_A_ROUND = 1000;

/** Reads one round; undefined: there is none. */
export async function readRound(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<RoundNow | undefined> {
  return (await roundsOf(reader, villageId, [id])).get(id);
}

/** Reads these rounds, by id. */
export async function roundsOf(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, RoundNow>> {
  const rounds = new Map<string, RoundNow>();
  if (ids.length === 0) return rounds;
  const acts = await actEntries(reader, villageId, {
    sources: ids.map((id) => `${THING}:${id}`),
    limit: ACTS_A_ROUND * ids.length,
  });
  for (const act of acts.toReversed()) hear(rounds, toldIn(act));
  return rounds;
}

/** Reads a page of rounds, newest first: those that were opened before this entry. */
export async function readRounds(
  reader: Reader,
  villageId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<RoundNow[]> {
  const opened = await actEntries(reader, villageId, {
    sources: [],
    // Nothing but the act that opens a round tells its number.
    among: { sourceBegins: `${THING}:`, fact: `${IS}number` },
    ...(before === undefined ? {} : { before }),
    limit,
  });
  const ids = opened.map(({ source }) => idIn(source));
  const rounds = await roundsOf(reader, villageId, ids);
  return ids.flatMap((id) => rounds.get(id) ?? []);
}

/** Takes over what an act tells. Answers the round it is about; undefined for an act on a round that nobody opened. */
export function hear(rounds: Map<string, RoundNow>, told: Told): RoundNow | undefined {
  if (told.act === 'rounds.opened') rounds.set(told.id, openedIn(told));
  const round = rounds.get(told.id);
  if (!round) return undefined;
  const { by, atMs, entry, field } = told;
  if (told.act === 'rounds.handed_in' || told.act === 'rounds.corrected') {
    const marks = listOf(field('marks')).map(marksIn);
    round.sheets.set(textOf(field('judge')), { version: figureOf(field('version')), marks, by, atMs });
    round.hadPart.add(by);
  }
  if (told.act === 'rounds.closed')
    round.closed = {
      ...{ by, atMs, entry, results: listOf(field('results')) },
      batchId: textOf(field('batch')) || null,
      ...{ awards: figureOf(field('awards')), total: figureOf(field('total')) },
      leftOut: figureOf(field('leftOut')),
    };
  if (told.act === 'rounds.withdrawn') round.withdrawn = { by, atMs, entry, reason: textOf(field('reason')) };
  return round;
}

function openedIn({ id, by, atMs, entry, field }: Told): RoundNow {
  const judges = listOf(field('judges'));
  return {
    ...{ id, number: figureOf(field('number')), name: textOf(field('name')), day: textOf(field('day')) },
    ...{ ruleId: textOf(field('rule')), ruleName: textOf(field('ruleName')) },
    items: listOf(field('items')).map(itemIn),
    bands: listOf(field('bands')).map(bandIn),
    ...{ householdIds: listOf(field('households')), judges, opened: { by, atMs, entry } },
    ...{ sheets: new Map(), hadPart: new Set(judges), closed: null, withdrawn: null },
  };
}

export function stateOf({ closed, withdrawn }: RoundNow): RoundState {
  if (closed) return 'closed';
  return withdrawn ? 'withdrawn' : 'open';
}

/** The judges whose sheet is missing. */
export function missingSheets({ judges, sheets }: RoundNow): string[] {
  return judges.filter((judge) => !sheets.has(judge));
}

/** "齐 20": the highest mark stands behind the last space. */
export function itemText({ name, most }: RoundItem): string {
  return `${name} ${formatHundredths(most)}`;
}

function itemIn(text: string): RoundItem {
  const at = text.lastIndexOf(' ');
  return { name: text.slice(0, at), most: pointsIn(text.slice(at + 1)) };
}

/** "90 10", "80 5 优秀": from where on, how much, and which option it is. */
export function bandText({ least, points, option }: Band): string {
  return [formatHundredths(least), formatHundredths(points), ...(option === null ? [] : [option])].join(' ');
}

function bandIn(text: string): Band {
  const [least = '', points = '', ...option] = text.split(' ');
  return {
    ...{ least: pointsIn(least), points: pointsIn(points) },
    option: option.length === 0 ? null : option.join(' '),
  };
}

/** "18 17.5 20"; "-" for a household that was not marked. */
export function marksText(marks: Marks): string {
  return marks === null ? NONE : marks.map((mark) => formatHundredths(mark)).join(' ');
}

function marksIn(text: string): Marks {
  return text === NONE ? null : text.split(' ').map(pointsIn);
}

export const NONE = '-';

function pointsIn(text: string): number {
  return parseHundredths(text) ?? 0;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function figureOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function idIn(source: string | null): string {
  return (source ?? '').slice(THING.length + 1);
}

function toldIn({ facts, number, actorId, bookedAtMs, source }: ActEntry): Told {
  return {
    ...{ act: facts.get(ACT_FACT) ?? '', id: idIn(source), by: actorId, atMs: bookedAtMs, entry: number },
    field(name) {
      const value = facts.get(IS + name);
      return value === undefined || value === null ? undefined : (JSON.parse(value) as unknown);
    },
  };
}
