/** Compares the database with the answers that clients got. */
import type { AnswerOf } from '../support/server.ts';
import { openRaw } from '../support/raw.ts';
import type { Place } from '../support/server-process.ts';
import type { Intent } from './clients.ts';
import { AWARD } from './working-village.ts';

/** The differences. All are empty when every answer was true. */
export interface Differences {
  /** Keys that were answered but are not in the journal. */
  readonly missing: string[];
  /** Keys that are in the journal but were not answered. */
  readonly unknown: string[];
  readonly balances: Record<string, { told: number; held: number }>;
}

export const NO_DIFFERENCES: Differences = { missing: [], unknown: [], balances: {} };

/** Expects that every intent has been answered. The journal's unique key excludes entries that are booked twice. */
export async function differences(place: Place, intents: readonly Intent[]): Promise<Differences> {
  const done = intents.filter(({ answer }) => answer?.status === 200);
  const told = new Map(done.flatMap(entriesOf));
  const raw = await openRaw(place);
  try {
    // The acts of the village's founding move nothing.
    const journal = await raw.rows(
      "select number, idempotency_key from journal where kind <> 'act' order by number",
    );
    const held = new Map(journal.map((row) => [String(row.idempotency_key), Number(row.number)]));
    const proposals = await raw.rows('select id, household_id from proposals');
    const householdOf = new Map(proposals.map((row) => [String(row.id), String(row.household_id)]));
    const proposed = new Set(done.flatMap(proposalsOf));
    const rows = await raw.rows(
      "select a.id, b.balance from balances b join accounts a on a.village_id = b.village_id and a.number = b.account_number where a.kind = 'household'",
    );
    return {
      missing: [
        ...Array.from(told).filter(
          ([key, number]) => !held.has(key) || (number ?? held.get(key)) !== held.get(key),
        ),
        ...Array.from(proposed).filter((id) => !householdOf.has(id)),
      ].map(String),
      unknown: [
        ...Array.from(held.keys()).filter((key) => !told.has(key)),
        ...Array.from(householdOf.keys()).filter((id) => !proposed.has(id)),
      ],
      balances: otherBalances(
        balancesTold(done, householdOf),
        new Map(rows.map((row) => [String(row.id).split(':')[1] ?? '', Number(row.balance)])),
      ),
    };
  } finally {
    await raw.close();
  }
}

/** The journal keys of an answered write, with the entry numbers where the answer told them. */
function entriesOf({ id, key, answer }: Intent): [string, number | null][] {
  const body: unknown = JSON.parse(answer?.text ?? '');
  if (id === 'kiosk.redeem') return [[key, (body as AnswerOf<'kiosk.redeem'>).journalNumber]];
  if (id === 'goods.stockIn') return [[key, (body as AnswerOf<'goods.stockIn'>).journalNumber]];
  // The answer has the number of the redemption, not that of its reversal.
  if (id === 'kiosk.undo') return [[key, null]];
  if (id !== 'proposals.decide') return [];
  const { ids, journalNumbers } = body as AnswerOf<'proposals.decide'>;
  return ids.map((proposal, index) => [`proposal.${proposal}`, journalNumbers[index] ?? null]);
}

function proposalsOf({ id, answer }: Intent): string[] {
  return id === 'proposals.create' ? (JSON.parse(answer?.text ?? '') as { ids: string[] }).ids : [];
}

function balancesTold(
  done: readonly Intent[],
  householdOf: ReadonlyMap<string, string>,
): Map<string, number> {
  const told = new Map<string, number>();
  const move = (household: string, points: number) =>
    told.set(household, (told.get(household) ?? 0) + points);
  for (const { id, answer } of done) {
    const body: unknown = JSON.parse(answer?.text ?? '');
    if (id === 'proposals.decide')
      for (const proposal of (body as { ids: string[] }).ids) move(householdOf.get(proposal) ?? '', AWARD);
    if (id !== 'kiosk.redeem' && id !== 'kiosk.undo') continue;
    const { household, points } = body as AnswerOf<'kiosk.redeem'>;
    move(household.id, id === 'kiosk.redeem' ? -points : points);
  }
  return told;
}

function otherBalances(told: ReadonlyMap<string, number>, held: ReadonlyMap<string, number>) {
  const households = new Set([...told.keys(), ...held.keys()]);
  const other = Array.from(
    households,
    (id) => [id, { told: told.get(id) ?? 0, held: held.get(id) ?? 0 }] as const,
  );
  return Object.fromEntries(other.filter(([, pair]) => pair.told !== pair.held));
}
