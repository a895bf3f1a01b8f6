import { readFileSync } from 'node:fs';
import { asc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { PaperKind, PaperReading } from '../../shared/imports/papers.ts';
import { type Actor, createIds, type RandomBytes, readVillage, type VillageContext } from '../http/index.ts';
import { bookActs } from '../acts/index.ts';
import { actsOfMaking, createStaff } from '../staff/index.ts';
import { writePrepared } from '../imports/index.ts';
import { type Ledger, readHead } from '../ledger/index.ts';
import { readPaper } from '../papers/index.ts';
import { changeRule, listRules, type RuleFields, toldOfRule } from '../rules/index.ts';
import { sign, whatIsSigned } from '../signatures/index.ts';
import { actOfFounding, claimSetup, createVillage, openBooks } from '../village/index.ts';
import type { Cast, CastMember, Part } from './cast.ts';
import type { Dice } from './dice.ts';
import { DEMO_SETTINGS, type StoryClock, type StoryHousehold, type World } from './world.ts';

const PAPERS: readonly { readonly kind: PaperKind; readonly file: string }[] = [
  { kind: 'roster', file: 'roster-sample.xlsx' },
  { kind: 'balances', file: 'opening-balances-sample.xlsx' },
  { kind: 'rules', file: 'rules.csv' },
  { kind: 'goods', file: 'goods.csv' },
];

/** Read before the transaction: the village's papers, as a person would upload them. */
export function readStarterPapers(): PaperReading[] {
  return PAPERS.map(({ kind, file }) => {
    const bytes = readFileSync(new URL(`../../db/starter/${file}`, import.meta.url));
    return readPaper(kind, { bytes, filename: file });
  });
}

export interface Founding {
  readonly tx: Tx;
  readonly ledger: Ledger;
  readonly villageId: string;
  readonly dice: Dice;
  readonly clock: StoryClock;
  readonly cast: Cast;
  readonly papers: readonly PaperReading[];
  /** For cards: unlike the story they must not repeat. */
  readonly random: RandomBytes;
  readonly realNowMs: number;
  newId(): string;
  newActId(): string;
  readonly tell: World['tell'];
}

/** The village is made, its papers are read in, its people get their log-ins. */
export async function foundVillage(founding: Founding): Promise<World> {
  const { tx, ledger, villageId, dice, clock } = founding;
  await claimSetup(tx, villageId, founding.realNowMs);
  const names = { name: '积善村（演示）', town: '古旦镇' };
  const made = {
    ...names,
    id: villageId,
    bookId: founding.newId(),
    isDemo: true,
    openedAtMs: null,
    settings: DEMO_SETTINGS,
    nowMs: clock.nowMs,
  };
  await createVillage(tx, ledger, made);
  // Its id is not rolled with the story's dice: every later roll would be another.
  const newId = () => made.bookId;
  const at = { villageId, actorId: 'system', today: clock.day, newId, via: 'setup' } as const;
  await bookActs(ledger, tx, at, [actOfFounding(made)]);
  const [admin, ...others] = founding.cast.staff;
  if (!admin) throw new Error('nobody plays the administrator');
  const bySystem = { actorId: 'system', via: 'setup' } as const;
  const staff = new Map<Part, Actor>([[admin.part, await engage(founding, admin, [], bySystem)]]);
  const adminId = staff.get(admin.part)?.id ?? '';
  for (const reading of founding.papers) {
    clock.pass(600);
    const { nowMs, day: today } = clock;
    const { random } = founding;
    const by = {
      villageId,
      actorId: adminId,
      via: 'desk',
      nowMs,
      today,
      newId: () => founding.newId(),
    } as const;
    const at = {
      ...{ ledger, random, ...by, village: made, importId: founding.newId() },
      ...{ filename: '', isOfDemo: true as const },
    };
    await writePrepared(tx, reading, at, null);
  }
  const households = await listHouseholds(tx, villageId);
  const homes = dice.draw(households, others.length);
  for (const [index, member] of others.entries()) {
    clock.pass(300);
    const home = homes[index];
    const byAdmin = { actorId: adminId, via: 'desk' } as const;
    staff.set(member.part, await engage(founding, member, home ? [home.id] : [], byAdmin));
  }
  await markRules(founding, made, adminId);
  const rules = new Map((await listRules(tx, villageId, clock.day)).map((rule) => [rule.code, rule]));
  const village = made;
  return {
    tx,
    ledger,
    villageId,
    village,
    dice,
    clock,
    staff,
    households,
    rules,
    settings: DEMO_SETTINGS,
    newId: () => founding.newId(),
    newActId: () => founding.newActId(),
    tell: founding.tell,
  };
}

/** No column of the paper says which rules are fit for the old, and that helping the poor is nobody else's business. */
const MARKS: readonly { readonly codes: readonly string[]; readonly body: Partial<RuleFields> }[] = [
  { codes: ['A1', 'A7', 'C2', 'E1', 'E4'], body: { isFitForOld: true } },
  { codes: ['B11'], body: { isPrivate: true } },
];

async function markRules(
  { tx, villageId, clock, tell }: Founding,
  village: VillageContext,
  adminId: string,
): Promise<void> {
  const byCode = new Map((await listRules(tx, villageId, clock.day)).map(({ code, id }) => [code, id]));
  for (const { codes, body } of MARKS)
    for (const code of codes) {
      const id = byCode.get(code) ?? '';
      const author = { actorId: adminId, nowMs: clock.nowMs, today: clock.day, village };
      const { was, is } = await changeRule(tx, villageId, id, body, author);
      const told = { was: toldOfRule(was), is: toldOfRule(is) };
      await tell({ actorId: adminId, via: 'desk' }, { act: 'rules.changed', on: `rule:${id}`, ...told });
    }
}

/** The approver looks at everything that was made, and opens the books. */
export async function openVillage(world: World): Promise<void> {
  const { tx, ledger, villageId, village, staff, clock } = world;
  const actor = staff.get('approver');
  const head = await readHead(tx, villageId);
  if (!actor || !head) throw new Error('nobody is there to open the books');
  const act = await openBooks(tx, { village, actor, nowMs: clock.nowMs }, head);
  const at = {
    villageId,
    actorId: actor.id,
    today: clock.day,
    newId: () => world.newId(),
    via: 'desk',
  } as const;
  await bookActs(ledger, tx, at, [act]);
}

/** The supervisor signs the opening, and every week the list. Ids of its own leave the story's dice as they are. */
export async function superviseVillage(world: World, kind: 'opening' | 'week'): Promise<void> {
  const { tx, ledger, villageId, staff, clock } = world;
  const actor = staff.get('supervisor');
  const opened = await readVillage(tx, villageId);
  if (!actor || !opened) throw new Error('nobody is there to sign');
  const newId = createIds(
    () => clock.nowMs,
    (size) => new Uint8Array(size),
  );
  const at = { village: opened, actor, today: clock.day, nowMs: clock.nowMs, newId, newSalt: newId };
  const seen = await whatIsSigned(tx, opened, kind, clock.nowMs);
  const { act } = await sign(tx, at, { kind, remark: '', ...seen });
  await bookActs(ledger, tx, { villageId, actorId: actor.id, today: clock.day, newId, via: 'desk' }, [act]);
}

async function engage(
  founding: Founding,
  member: CastMember,
  householdIds: readonly string[],
  by: Parameters<World['tell']>[0],
): Promise<Actor> {
  const { tx, villageId, clock } = founding;
  const { role, displayName, username, passwordHash } = member;
  const id = founding.newId();
  const person = {
    villageId,
    id,
    username,
    displayName,
    passwordHash,
    roles: [role],
    householdIds,
    nowMs: clock.nowMs,
  };
  const made = await createStaff(tx, { ...person, mustChangePassword: false, unconfirmedBy: null });
  // Their log-ins are other ones each time.
  await founding.tell(by, ...actsOfMaking({ ...made, username: '' }));
  return { kind: 'staff', id, roles: [role], householdIds, confirmedAtMs: 0 };
}

async function listHouseholds({ db, t: { households } }: Tx, villageId: string): Promise<StoryHousehold[]> {
  return db
    .select({ id: households.id, number: households.number, group: households.groupName })
    .from(households)
    .where(eq(households.villageId, villageId))
    .orderBy(asc(households.numberKey));
}
