import type { Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { NOTICE_DAYS_USUAL } from '../../shared/village/settings.ts';
import { freeze } from '../documents/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { readHead } from '../ledger/index.ts';
import { putOnNotice, unannounced } from '../proposals/index.ts';
import { maySign, type SigningAt, writeSignature } from '../signatures/index.ts';
import { hasSupervisor } from '../village/index.ts';
import { mayGoOutAtMs } from './may-go-out.ts';
import { refuseUnfitNotice } from './unfit-texts.ts';
import { findNotice, type FrozenNotice, readNotices, stateOf } from './numbered-notices.ts';

interface At {
  readonly village: VillageContext;
  readonly actor: Pick<Actor, 'id'>;
  readonly today: string;
  readonly nowMs: number;
  readonly newId: () => string;
}

/**
 * Puts the approved awards that are on no notice yet on a new one, and freezes its list. Answers its id, and the act that
 * tells of it. Refuses with notice.nothing, notice.unfit.
 */
export async function makeNotice(
  tx: Tx,
  { village, actor, nowMs, today, newId }: At,
): Promise<{ id: string; act: Act<'notices.made'> }> {
  await tx.lockBook(village.id);
  const deeds = await unannounced(tx, village.id);
  if (deeds.length === 0) throw new Refusal('notice.nothing');
  await refuseUnfitNotice(tx, { villageId: village.id, today }, null);
  const [last] = await readNotices(tx, village.id, { limit: 1 });
  const head = await readHead(tx, village.id);
  const id = newId();
  // The setting may have been switched off while awards were on notice.
  const days = village.settings.noticeDays ?? NOTICE_DAYS_USUAL;
  const document: FrozenNotice = {
    ...{ kind: 'notice', villageId: village.id },
    head: { number: head?.number ?? 0, hash: head?.hash ?? '' },
    ...{ number: (last?.number ?? 0) + 1, days, madeBy: actor.id, madeAtMs: nowMs },
    lines: deeds.map(({ id: proposal, householdId, ruleId, ruleVersion, points, effectiveOn }) => ({
      ...{ proposal, household: householdId, rule: ruleId, version: ruleVersion, points, day: effectiveOn },
    })),
  };
  const covers = { afterNumber: 0, headNumber: document.head.number };
  const body = JSON.stringify(document);
  const hash = await freeze(tx, village.id, { kind: 'notice', id, body, ...covers }, nowMs);
  await putOnNotice(
    tx,
    village.id,
    id,
    deeds.map(({ id: proposal }) => proposal),
  );
  const points = deeds.reduce((sum, deed) => sum + deed.points, 0);
  const told = { number: document.number, days, count: deeds.length, points, document: hash };
  return { id, act: { act: 'notices.made', on: `notice:${id}`, is: told } };
}

/**
 * Signs a notice as a supervisor. Answers the act that tells of it. Refuses with notice.not_found, signature.unconfirmed,
 * notice.over, signature.signed, signature.changed.
 */
export async function reviewNotice(
  tx: Tx,
  at: SigningAt,
  { id, hash, remark }: { readonly id: string; readonly hash: string; readonly remark: string },
): Promise<Act<'signatures.signed'>> {
  await tx.lockBook(at.village.id);
  const notice = await findNotice(tx, at.village.id, id);
  if (!maySign(at.actor)) throw new Refusal('signature.unconfirmed');
  if (notice.ended) throw new Refusal('notice.over');
  if (notice.review) throw new Refusal('signature.signed');
  if (notice.hash !== hash) throw new Refusal('signature.changed');
  return (await writeSignature(tx, at, { kind: 'notice', documentId: id, hash, remark })).act;
}

/**
 * Notes that a notice hangs from now on. Its days are whole ones and begin with the next. Refuses with notice.not_found,
 * notice.over, notice.hangs, notice.unfit, notice.unreviewed.
 */
export async function putUpNotice(
  tx: Tx,
  { village, today, nowMs }: At,
  id: string,
): Promise<Act<'notices.put_up'>> {
  await tx.lockBook(village.id);
  const notice = await findNotice(tx, village.id, id);
  if (notice.ended) throw new Refusal('notice.over');
  if (notice.up) throw new Refusal('notice.hangs');
  await refuseUnfitNotice(tx, { villageId: village.id, today }, id);
  const isUnreviewed = notice.review === null;
  if (isUnreviewed) {
    const atMs = mayGoOutAtMs(notice, await hasSupervisor(tx, village, nowMs));
    if (nowMs < atMs) throw new Refusal('notice.unreviewed', { seconds: Math.ceil((atMs - nowMs) / 1000) });
  }
  const told = { postsOn: addDays(today, notice.days + 1), isUnreviewed, isByScreen: false };
  return { act: 'notices.put_up', on: `notice:${id}`, is: told };
}

/** Notes that a notice hangs no more. Refuses with notice.not_found, notice.not_up. */
export async function takeDownNotice(
  tx: Tx,
  { village, today }: At,
  id: string,
): Promise<Act<'notices.taken_down'>> {
  await tx.lockBook(village.id);
  const notice = await findNotice(tx, village.id, id);
  if (!notice.up || notice.down) throw new Refusal('notice.not_up');
  const isEarly = stateOf(notice) !== 'ended' && today < notice.up.postsOn;
  return { act: 'notices.taken_down', on: `notice:${id}`, is: { isEarly } };
}
