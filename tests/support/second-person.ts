import type { GuardedId } from '../../shared/changes/guarded.ts';
import type { AnswerOf, Caller, LooseSent, StaffCaller, TestServer, TestVillage } from './server.ts';

type Change = AnswerOf<'changes.get'>;

/** What is handed in: the parameters and the body that the operation itself would be sent. */
interface HandedIn extends Pick<LooseSent, 'params' | 'body'> {
  readonly as: Caller;
}

/** Hands a change in that one person may not make alone. */
export function handIn(
  server: TestServer,
  operation: GuardedId,
  { as, params = {}, body = {} }: HandedIn,
): Promise<Change> {
  return server.must('changes.propose', { as, body: { operation, params, body } as never });
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

