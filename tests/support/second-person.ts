import { eq } from 'drizzle-orm';
import type { GuardedId } from '../../shared/changes/guarded.ts';
import type { AnswerOf, Caller, LooseSent, StaffCaller, TestServer, TestVillage } from './server.ts';

type Change = AnswerOf<'changes.get'>;

/** A change to hand in: the parameters and the body that the operation itself would be sent. */
interface HandedIn extends Pick<LooseSent, 'params' | 'body'> {
  readonly as: Caller;
  readonly reason?: string;
}

/** Hands a change in that one person may not make alone. */
export function handIn(
  server: TestServer,
  operation: GuardedId,
  { as, params = {}, body = {}, reason = '' }: HandedIn,
): Promise<Change> {
  return server.must('changes.propose', { as, body: { operation, params, body, reason } as never });
}

/** Hands a change in, and another person looks at it and agrees, as two people at the desk do. */
export async function withSecond(
  server: TestServer,
  operation: GuardedId,
  { by, village, ...sent }: HandedIn & { readonly by?: StaffCaller; readonly village?: TestVillage },
): Promise<Change> {
  const second = by ?? (await server.asStaff('approver', village ? { village } : {}));
  const { id, mark } = await handIn(server, operation, sent);
  return server.must('changes.agree', { as: second, params: { id }, body: { mark } });
}

/** Makes a change, with a second person where it needs one. */
export async function asTwo(
  server: TestServer,
  operation: GuardedId,
  sent: Parameters<typeof withSecond>[2],
): Promise<void> {
  const { by: _by, village: _village, ...alone } = sent;
  const got = await server.call(operation, alone as Parameters<typeof server.call>[1]);
  if (got.status === 200) return;
  if (got.problem.code !== 'change.needs_second') throw new Error(`${operation}: ${got.problem.code}`);
  await withSecond(server, operation, { by: await secondOf(server), ...sent });
}

/** Lets one person take in all the goods of a test that is about something else. */
export async function letTakeIn(server: TestServer): Promise<void> {
  const settings = { deliveryNeedsSecondAboveFen: 100_000_000 };
  await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
}

/** One person for the whole test: with each more of the staff, duties could be split. */
const seconds = new WeakMap<TestServer, StaffCaller>();

/** The approver of a test's first village, logged in anew each time, because the clock may have gone on. */
async function secondOf(server: TestServer): Promise<StaffCaller> {
  const known = seconds.get(server) ?? (await server.asStaff('approver'));
  seconds.set(server, known);
  const { username, password } = known;
  const { accessToken } = await server.must('session.login', { body: { username, password } });
  return { ...known, headers: { Authorization: `Bearer ${accessToken}` } };
}

/** Gets the permit to restore a backup, as the list shows it. */
export async function permitToRestore(
  server: TestServer,
  as: Caller,
  name: string,
  by?: StaffCaller,
): Promise<Change> {
  const { items } = await server.must('backups.list', { as });
  const found = items.find((one) => one.name === name);
  const [book] = found?.books ?? [];
  if (!found || !book) throw new Error(`there is no backup ${name}`);
  const body = { madeAtMs: found.madeAtMs, head: { number: book.number, hash: book.hash } };
  const sent = { as, params: { name }, body };
  return withSecond(server, 'backups.allowRestore', by ? { ...sent, by } : sent);
}

/** Makes a thing old, as if it had been there when the books were opened: whoever made it puts it right alone at first. */
export async function ageThing(
  { store }: TestServer,
  table: 'goods' | 'households',
  id: string,
): Promise<void> {
  await store.transaction(async ({ db, t }) => {
    const things = t[table] as typeof t.goods;
    await db.update(things).set({ createdAtMs: 1 }).where(eq(things.id, id)).returning({ id: things.id });
  });
}
