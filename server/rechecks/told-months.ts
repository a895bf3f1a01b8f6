import type { Reader } from '../../db/index.ts';
import { RECHECK_OUTCOMES, type RecheckOutcome } from '../../shared/rechecks/states.ts';
import { ACT_FACT, IS, thingOfFact, type ToldThing } from '../acts/index.ts';
import { type ActEntry, actEntries } from '../ledger/index.ts';

/** Draws and findings have no table of their own: they are acts, done to `recheck:2026-11`. */
export const THING = 'recheck';

/** A draw as its act tells it. */
export interface Draw {
  readonly draw: number;
  readonly called: number;
  readonly calledBy: string;
  readonly wanted: number;
  readonly first: number;
  readonly head: number;
  readonly timeZone: string;
  readonly pool: number;
  /** Numbers of entries, in the order in which they were drawn. */
  readonly drawn: readonly number[];
  readonly digest: string;
  readonly by: string;
  readonly atMs: number;
  /** The number of the act. */
  readonly number: number;
}

/** A finding about one award, as its act tells it. */
export interface Check {
  readonly entry: number;
  readonly outcome: RecheckOutcome;
  readonly proposalId: string | null;
  /** Null: erased with its household. */
  readonly finding: string | null;
  readonly by: string;
  readonly atMs: number;
  readonly number: number;
}

/** A month as its acts leave it. */
export interface ToldMonth {
  /** The first draw is that of the month. */
  readonly draws: Draw[];
  /** The last finding about each award, by the number of its entry. */
  readonly checks: Map<number, Check>;
}

/** An act, however it was read. */
export interface Told {
  readonly act: string;
  readonly by: string;
  readonly atMs: number;
  readonly number: number;
  readonly field: (name: string) => unknown;
}

/** Reads what was drawn and found in these months. */
export async function readMonths(
  reader: Reader,
  villageId: string,
  months: readonly string[],
): Promise<Map<string, ToldMonth>> {
  const told = new Map(months.map((month): [string, ToldMonth] => [month, noMonth()]));
  // A beginning leads along the index of acts by thing; a list of months would have all acts walked through.
  const beginnings = months.length === 1 ? months : new Set(months.map((month) => month.slice(0, YEAR)));
  for (const begins of beginnings) {
    const acts = await actEntries(reader, villageId, {
      sources: [],
      among: { sourceBegins: `${THING}:${begins}`, fact: ACT_FACT },
      limit: ACTS_MOST,
    });
    for (const entry of acts.toReversed()) {
      const month = told.get((entry.source ?? '').slice(THING.length + 1));
      if (month) hearIn(month, entry);
    }
  }
  return told;
}

function hearIn(month: ToldMonth, entry: ActEntry): void {
  const { draw, check } = heard(toldIn(entry));
  if (draw) month.draws.push(draw);
  if (check) month.checks.set(check.entry, { ...check, finding: findingIn(entry) });
}

/** Reads what was drawn and found in one month. */
export async function readMonth(reader: Reader, villageId: string, month: string): Promise<ToldMonth> {
  return (await readMonths(reader, villageId, [month])).get(month) ?? noMonth();
}

export function noMonth(): ToldMonth {
  return { draws: [], checks: new Map() };
}

/** Every award that was drawn in the month so far. */
export function drawnIn({ draws }: ToldMonth): number[] {
  return draws.flatMap(({ drawn }) => drawn);
}

/** The figures of a year: 2026. */
const YEAR = 4;
/** Five draws of thirty in each month of a year, each looked at a few times. */
const ACTS_MOST = 6000;

/** The draw or the finding that an act tells. */
export function heard(told: Told): { readonly draw?: Draw; readonly check?: Check } {
  const { act, number, by, atMs } = told;
  if (act === 'rechecks.drawn') return { draw: drawIn(told) };
  const outcome = RECHECK_OUTCOMES.find((one) => act === `rechecks.${one}`);
  if (outcome === undefined) return {};
  const { field } = told;
  const proposalId = typeof field('proposal') === 'string' ? String(field('proposal')) : null;
  return {
    check: { ...{ entry: figureOf(field('entry')), outcome, proposalId, finding: '' }, by, atMs, number },
  };
}

const FIGURE_MOST = 2 ** 31 - 1;

/** A figure that an act tells; −1, which no entry has, for anything else. */
function figureOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= FIGURE_MOST
    ? value
    : -1;
}

function drawIn({ field, by, atMs, number }: Told): Draw {
  const figure = (name: string) => figureOf(field(name));
  const text = (name: string) => {
    const value = field(name);
    return typeof value === 'string' ? value : '';
  };
  const drawn = field('drawn');
  return {
    ...{ draw: figure('draw'), called: figure('called'), calledBy: text('calledBy') },
    ...{ wanted: figure('wanted'), first: figure('first'), head: figure('head'), pool: figure('pool') },
    ...{ timeZone: text('timeZone'), digest: text('digest') },
    drawn: Array.isArray(drawn) ? drawn.map(Number) : [],
    ...{ by, atMs, number },
  };
}

function toldIn({ facts, number, actorId, bookedAtMs }: ActEntry): Told {
  return {
    ...{ act: facts.get(ACT_FACT) ?? '', number, by: actorId, atMs: bookedAtMs },
    field(name) {
      const value = facts.get(IS + name);
      return value === undefined || value === null ? undefined : (JSON.parse(value) as unknown);
    },
  };
}

/** The words of a finding belong to the household of the award. */
function findingIn({ facts }: ActEntry): string | null {
  const told = Array.from(facts).find(([name]) => thingOfFact(name) !== null);
  if (!told) return '';
  const [, value] = told;
  if (value === null) return null;
  const { finding } = (JSON.parse(value) as ToldThing).is;
  return typeof finding === 'string' ? finding : '';
}
