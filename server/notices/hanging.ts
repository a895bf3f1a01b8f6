import type { Reader } from '../../db/index.ts';
import type { ObjectionTally } from '../../shared/notices/numbered-contract.ts';
import { NO_OBJECTIONS, tallyOfNotices } from '../objections/index.ts';
import { type Deed, deedsOf, fatesOf } from '../proposals/index.ts';
import { findDocument } from '../documents/index.ts';
import { type FrozenNotice, lastNotices, readNotices } from './numbered-notices.ts';

/** A notice that hangs, with the deeds that wait for its end. */
export interface HangingNotice {
  readonly number: number;
  readonly postsOn: string;
  readonly isUnreviewed: boolean;
  readonly objections: ObjectionTally;
  readonly deeds: readonly (Deed & { readonly day: string; readonly isContested: boolean })[];
}

/** Whether a notice hangs now and has not ended. */
export async function isHanging(reader: Reader, villageId: string, id: string): Promise<boolean> {
  const [notice] = await readNotices(reader, villageId, { ids: [id], limit: 1 });
  return notice !== undefined && notice.up !== null && notice.ended === null;
}

/** The notices that hang now and have not ended, newest first, as many as are asked for. */
export async function hangingNotices(
  reader: Reader,
  villageId: string,
  most: number,
): Promise<HangingNotice[]> {
  const last = await lastNotices(reader, villageId);
  const hanging = last.filter(({ up, ended }) => up !== null && ended === null).slice(0, most);
  const ids = hanging.map(({ id }) => id);
  const tallies = await tallyOfNotices(reader, villageId, ids);
  const found: HangingNotice[] = [];
  for (const { id, number, up } of hanging) {
    const { body } = await findDocument(reader, villageId, { kind: 'notice', id });
    const { lines } = JSON.parse(body) as FrozenNotice;
    const proposals = lines.map(({ proposal }) => proposal);
    const fates = await fatesOf(reader, villageId, proposals);
    const deeds = await deedsOf(reader, villageId, proposals);
    const waiting = lines.flatMap(({ proposal, day }) => {
      const { deed, isPrivate } = deeds.get(proposal) ?? {};
      const fate = fates.get(proposal);
      const isContested = fate?.state === 'contested';
      const isWaiting = (isContested || fate?.state === 'on_notice') && fate.noticeId === id;
      return deed && isPrivate !== true && isWaiting ? [{ ...deed, day, isContested }] : [];
    });
    found.push({
      number,
      postsOn: up?.postsOn ?? '',
      isUnreviewed: up?.isUnreviewed ?? false,
      objections: tallies.get(id) ?? NO_OBJECTIONS,
      deeds: waiting,
    });
  }
  return found;
}
