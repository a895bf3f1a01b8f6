import type { Reader, Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { type SigningAt, writeSignature } from '../signatures/index.ts';
import { type HandoverNow, readHandovers, sideOf, stateOf } from './state.ts';

/** Finds a hand-over. Refuses with handover.not_found. */
export async function findHandover(reader: Reader, villageId: string, id: string): Promise<HandoverNow> {
  const found = (await readHandovers(reader, villageId)).find((one) => one.id === id);
  if (!found) throw new Refusal('handover.not_found');
  return found;
}

/**
 * Signs a hand-over as the side that the caller is. Answers the act that tells of it. Refuses with handover.not_found,
 * handover.not_side, signature.unconfirmed, signature.signed, handover.over, signature.changed.
 */
export async function signHandover(
  tx: Tx,
  at: SigningAt,
  { id, hash, remark }: { readonly id: string; readonly hash: string; readonly remark: string },
): Promise<Act<'signatures.signed'>> {
  const { village, actor } = at;
  await tx.lockBook(village.id);
  const handover = await findHandover(tx, village.id, id);
  const side = sideOf(handover, actor.id);
  if (side === null) throw new Refusal('handover.not_side');
  // An administrator could make an account for the other side, and sign alone for both.
  if (typeof actor.confirmedAtMs !== 'number') throw new Refusal('signature.unconfirmed');
  if (handover.signed[side]) throw new Refusal('signature.signed');
  if (stateOf(handover) !== 'open') throw new Refusal('handover.over');
  if (handover.hash !== hash) throw new Refusal('signature.changed');
  const signing = { kind: 'handover', documentId: id, hash, remark } as const;
  return (await writeSignature(tx, at, signing)).act;
}

/** Withdraws a hand-over that both sides have not signed. Refuses with handover.not_found, handover.over. */
export async function withdrawHandover(
  tx: Tx,
  villageId: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Act<'handovers.withdrawn'>> {
  await tx.lockBook(villageId);
  const handover = await findHandover(tx, villageId, id);
  if (stateOf(handover) !== 'open') throw new Refusal('handover.over');
  return { act: 'handovers.withdrawn', on: `handover:${id}`, is: { reason } };
}
