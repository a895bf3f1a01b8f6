import type { Reader } from '../../db/index.ts';
import { type Deed, deedsOf, fatesOf } from '../proposals/index.ts';
import { findDocument } from '../documents/index.ts';
import { type FrozenNotice, lastNotices } from './numbered-notices.ts';

/** A notice that hangs, with the deeds that wait for its end. */
export interface HangingNotice {
  readonly number: number;
  readonly postsOn: string;
  readonly isUnreviewed: boolean;
  readonly deeds: readonly (Deed & { readonly day: string })[];
}

/** The notices that hang now and have not ended, newest first, as many as are asked for. */
export async function hangingNotices(
  reader: Reader,
  villageId: string,
  most: number,
): Promise<HangingNotice[]> {
  const last = await lastNotices(reader, villageId);
  const hanging = last.filter(({ up, ended }) => up !== null && ended === null).slice(0, most);
  const found: HangingNotice[] = [];
  for (const { id, number, up } of hanging) {
    const { body } = await findDocument(reader, villageId, { kind: 'notice', id });
    const { lines } = JSON.parse(body) as FrozenNotice;
    const ids = lines.map(({ proposal }) => proposal);
    const fates = await fatesOf(reader, villageId, ids);
    const deeds = await deedsOf(reader, villageId, ids);
    const waiting = lines.flatMap(({ proposal, day }) => {
      const { deed, isPrivate } = deeds.get(proposal) ?? {};
      const fate = fates.get(proposal);
      return deed && isPrivate !== true && fate?.state === 'on_notice' && fate.noticeId === id
        ? [{ ...deed, day }]
        : [];
    });
    found.push({
      number,
      postsOn: up?.postsOn ?? '',
      isUnreviewed: up?.isUnreviewed ?? false,
      deeds: waiting,
    });
  }
  return found;
}
