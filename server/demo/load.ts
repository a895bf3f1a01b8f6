/**
 * The demo village: the starter papers and half a year of a village's life, booked by the same services that book
 * real life. All of it is one transaction, so a crash leaves nothing behind. If two load it at once, one is told that
 * the village is there. The story repeats with its seed, to the last hash; log-ins, PINs, cards and pairing codes are
 * fresh every time.
 */
import { OutcomeUnknown, type Store, type Tx } from '../../db/index.ts';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { bookActs } from '../acts/index.ts';
import { createIds, type RandomBytes } from '../http/index.ts';
import { cardsWithCodes } from '../cards/index.ts';
import { setPin } from '../households/index.ts';
import { LEDGER_KINDS } from '../ledger-kinds.ts';
import { accountId, balancesOf, createLedger } from '../ledger/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { renewCode } from '../kiosk/index.ts';
import { type DemoLogins, needsSetup, newVillageId } from '../village/index.ts';
import { demoDays } from './calendar.ts';
import { type Cast, castPeople } from './cast.ts';
import { createDice } from './dice.ts';
import { foundVillage, readStarterPapers } from './founding.ts';
import { pendingLogins } from './logins.ts';
import { tellStory } from './story.ts';
import { DEMO_SETTINGS, StoryClock, type World } from './world.ts';

export interface DemoDeps {
  readonly store: Store;
  readonly clock: () => number;
  /** For log-ins, PINs, cards and codes. */
  readonly random: RandomBytes;
  readonly dataDir: string;
  /** Called after each day of the story with the days done and the days in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface DemoOptions {
  readonly seed?: number;
  /** The story ends the evening before this day. The default is the village's business day. */
  readonly today?: string;
}

/** The demo everybody sees. */
const DEMO_SEED = 20_240_801;

const STORY_DAYS = 184;
/** Hundredths. */
const ENOUGH_TO_SPEND = 4000;
/** Long enough to come back to the demo another day; real codes live a quarter of an hour. */
const CODE_LIVES_MS = 30 * DAY_MS;

/** Makes the demo village and answers its log-ins, which are also in DATA_DIR/demo-logins.json. Refuses with setup.done. */
export async function loadDemo(deps: DemoDeps, options: DemoOptions = {}): Promise<DemoLogins> {
  const { store, clock, random, dataDir } = deps;
  if (!(await store.read(needsSetup))) throw new Refusal('setup.done');
  const cast = await castPeople(random);
  const papers = readStarterPapers();
  const { seed = DEMO_SEED, today = businessDay(clock(), DEMO_SETTINGS.timeZone) } = options;
  // The book names its village in acts, so it repeats with the seed like everything in the book.
  const villageId = newVillageId(createIds(() => 0, createDice(seed).bytes));
  const file = pendingLogins(dataDir, villageId);
  try {
    const logins = await store.transaction(async (tx) => {
      file.beginAttempt();
      const made = await makeVillage(tx, { ...deps, seed, today, villageId, cast, papers });
      file.write(made);
      return made;
    });
    file.keep();
    return logins;
  } catch (error) {
    // If the commit's outcome is unknown the file stays, and the next start decides (finishDemoLogins).
    if (!(error instanceof OutcomeUnknown)) file.discard();
    throw error;
  }
}

interface Making extends DemoDeps, Required<DemoOptions> {
  readonly villageId: string;
  readonly cast: Cast;
  readonly papers: readonly PaperReading[];
}

/** PostgreSQL may run this again from the start, so it changes nothing but what it makes itself. */
async function makeVillage(tx: Tx, making: Making): Promise<DemoLogins> {
  const { cast, papers, villageId, random, seed, today, onProgress } = making;
  const dice = createDice(seed);
  const days = demoDays(addDays(today, -STORY_DAYS), addDays(today, -1));
  const clock = new StoryClock(addDays(today, -STORY_DAYS - 1));
  const beforeMs = clock.nowMs;
  const ledger = createLedger({
    kinds: LEDGER_KINDS,
    clock: () => clock.nowMs,
    newSalt: () => Buffer.from(dice.bytes(16)).toString('hex'),
  });
  const newId = createIds(() => clock.nowMs, dice.bytes);
  const telling = teller({ tx, villageId, clock, seed });
  const { tell } = telling;
  const realNowMs = making.clock();
  const world = await foundVillage({
    tx,
    ledger,
    villageId,
    dice,
    clock,
    cast,
    papers,
    random,
    realNowMs,
    newId,
    ...telling,
  });
  const { kioskId } = await tellStory(world, days, cast, random, (done) => onProgress?.(done, days.length));
  const desk = { tx, villageId, nowMs: realNowMs, random, codeLivesMs: CODE_LIVES_MS };
  const { code } = await renewCode(desk, kioskId);
  await tell(bySystem, { act: 'kiosks.code_renewed', on: `kiosk:${kioskId}` });
  const volunteer = cast.volunteers.at(-1);
  return {
    staff: cast.staff.map(({ role, username, password }) => ({ role, username, password })),
    kioskPairingCode: code,
    volunteer: { name: volunteer?.name ?? '', pin: volunteer?.pin ?? '' },
    // Given out before the books were opened, so that they are not new at the counter.
    households: await handOutPins(world, cast, beforeMs),
  };
}

/** The one who loads the demo is nobody of the village. */
const bySystem = { actorId: 'system', via: 'setup' } as const;

/** Acts have dice of their own, so that the story goes on as if they were not told. */
function teller({
  tx,
  villageId,
  clock,
  seed,
}: Pick<Making, 'villageId' | 'seed'> & { readonly tx: Tx; readonly clock: StoryClock }): Pick<
  World,
  'tell' | 'newActId'
> {
  const dice = createDice(seed + 1);
  const ledger = createLedger({
    kinds: LEDGER_KINDS,
    clock: () => clock.nowMs,
    newSalt: () => Buffer.from(dice.bytes(16)).toString('hex'),
  });
  const newActId = createIds(() => clock.nowMs, dice.bytes);
  return {
    newActId,
    tell: (by, ...acts) =>
      bookActs(ledger, tx, { ...by, villageId, today: clock.day, newId: newActId }, acts),
  };
}

/** Ten households with something to show: points to spend, and a passbook that tells of deeds. */
async function handOutPins(world: World, cast: Cast, nowMs: number): Promise<DemoLogins['households']> {
  const { tx, villageId, households } = world;
  const accounts = households.map(({ id }) => householdAccount(id));
  const balances = await balancesOf(tx, villageId, accounts);
  const able = households.filter(
    ({ id }) => (balances.get(accountId(householdAccount(id))) ?? 0) >= ENOUGH_TO_SPEND,
  );
  const chosen = world.dice
    .draw(able, cast.householdPins.length)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  const cards = await cardsWithCodes(
    tx,
    villageId,
    chosen.map(({ id }) => id),
  );
  const logins: DemoLogins['households'] = [];
  for (const [index, { id, number }] of chosen.entries()) {
    const { pin = '', pinHash = '' } = cast.householdPins[index] ?? {};
    await setPin(tx, villageId, { id, pinHash, nowMs });
    await world.tell(bySystem, { act: 'households.pin_set', on: `household:${id}` });
    logins.push({ number, card: cards.get(id)?.code ?? '', pin });
  }
  return logins;
}
