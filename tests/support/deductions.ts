/** Reminders and deductions as if days had passed: through the functions of the server itself, with an earlier day in hand. */
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Tx } from '../../db/index.ts';
import { bookActs } from '../../server/acts/index.ts';
import { deliver, findReminder, remind, type ReminderAt, tell } from '../../server/deductions/index.ts';
import { createIds, readVillage } from '../../server/http/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { createLedger } from './ledger.ts';
import { countSince } from './rule-days.ts';
import type { StaffCaller, TestServer } from './server.ts';

const newId = () => randomBytes(12).toString('hex');

/** Somebody of the staff, so many days ago. */
async function atThen(tx: Tx, server: TestServer, villageId: string, daysAgo: number): Promise<ReminderAt> {
  const village = await readVillage(tx, villageId);
  const [person] = await tx.db.select().from(tx.t.staff).where(eq(tx.t.staff.villageId, villageId));
  if (!village || !person) throw new Error(`no village ${villageId} with staff`);
  const nowMs = server.clock.nowMs;
  const today = addDays(businessDay(nowMs, village.settings.timeZone), -daysAgo);
  const actor = { kind: 'staff', id: person.id, roles: person.roles, householdIds: [] } as const;
  return { tx, villageId, village, actor, today, nowMs, newId: createIds(() => nowMs, randomBytes) };
}

/** Reminds these households about a rule, three days ago and until the day before yesterday: deductions may be proposed now. */
export async function reminded(
  server: TestServer,
  {
    ruleId,
    householdIds,
    villageId = server.id,
  }: { ruleId: string; householdIds: readonly string[]; villageId?: string },
): Promise<string[]> {
  const ledger = createLedger({ clock: () => server.clock.nowMs, guardsClock: false });
  return server.store.transaction(async (tx) => {
    await tx.lockBook(villageId);
    const at = await atThen(tx, server, villageId, 3);
    const younger = await countSince(tx, ruleId, at.today);
    const ids: string[] = [];
    for (const householdId of householdIds) {
      const wanted = { householdId, ruleId, words: '门口堆了柴草，请清走', dueOn: addDays(at.today, 1) };
      const { id, acts } = await remind(at, newId, wanted);
      const delivered = await deliver(at, await findReminder(tx, at, id), 'paper');
      const by = { villageId, actorId: at.actor.id, today: at.today, newId, via: 'desk' } as const;
      await bookActs(ledger, tx, by, [...acts, ...delivered]);
      ids.push(id);
    }
    await countSince(tx, ruleId, younger);
    return ids;
  });
}

/** Tells the households of these approved deductions more than a week ago, and lets the clock count them; gives their entries. */
export async function counted(
  server: TestServer,
  proposalIds: readonly string[],
  villageId = server.id,
): Promise<number[]> {
  const ledger = createLedger({ clock: () => server.clock.nowMs, guardsClock: false });
  await server.store.transaction(async (tx) => {
    await tx.lockBook(villageId);
    const at = await atThen(tx, server, villageId, 9);
    const { deductionTerms } = tx.t;
    for (const proposalId of proposalIds) {
      const [terms] = await tx.db
        .select()
        .from(deductionTerms)
        .where(eq(deductionTerms.proposalId, proposalId));
      const { acts } = await tell(at, await findReminder(tx, at, terms?.reminderId ?? ''), 'spoken');
      const by = { villageId, actorId: at.actor.id, today: at.today, newId, via: 'desk' } as const;
      await bookActs(ledger, tx, by, acts);
    }
  });
  await runCountingClock(server);
  return server.store.read(async ({ db, t: { proposals } }) => {
    const rows = await db
      .select({ id: proposals.id, number: proposals.journalNumber })
      .from(proposals)
      .where(eq(proposals.villageId, villageId));
    const numbers = new Map(rows.map(({ id, number }) => [id, number]));
    return proposalIds.flatMap((id) => numbers.get(id) ?? []);
  });
}

/** The clock that counts deductions, once. */
export async function runCountingClock(server: TestServer, store = server.store): Promise<void> {
  const job = server.http.jobs.find(({ name }) => name === 'counting deductions');
  if (!job) throw new Error('no clock counts deductions');
  const clock = () => server.clock.nowMs;
  await job.run({ store, clock, logger: pino({ level: 'silent' }), signal: new AbortController().signal });
}

/** Takes points off these households the whole way: reminded, proposed, approved by another, told, counted. */
export async function deducted(
  server: TestServer,
  {
    as,
    approver,
    ...body
  }: {
    readonly as: StaffCaller;
    readonly approver: StaffCaller;
    readonly ruleId: string;
    readonly householdIds: string[];
    readonly points?: number;
    readonly effectiveOn?: string;
    readonly note?: string;
  },
): Promise<number[]> {
  await reminded(server, body);
  const { ids } = await server.must('proposals.create', { as, body });
  await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
  return counted(server, ids);
}
