import type { Reader } from '../../db/index.ts';
import type { NoticeLine, NumberedNotice } from '../../shared/notices/numbered-contract.ts';
import type { LineState } from '../../shared/notices/states.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import { type DeedSum, deedsOf, fatesOf } from '../proposals/index.ts';
import { findDocument } from '../documents/index.ts';
import { peopleOf, rememberedHeads } from '../village/index.ts';
import { mayGoOutAtMs } from './keep-notice.ts';
import { dayOf, type FrozenNotice, type NoticeNow, stateOf } from './numbered-notices.ts';

/** Puts notices into the form of the contract. */
export async function shownNotices(
  reader: Reader,
  village: VillageContext,
  notices: readonly NoticeNow[],
  nowMs: number,
): Promise<NumberedNotice[]> {
  if (notices.length === 0) return [];
  const nameThen = await bookerNamesThen(reader, village.id);
  const hasSupervisor = (await peopleOf(reader, village, nowMs))?.hasSupervisor ?? false;
  const { timeZone } = village.settings;
  return notices.map((notice) => {
    const { id, number, days, count, points, hash, made, review, up, down, ended } = notice;
    const nameOf = (person: string) => nameThen(person, made.number) ?? '';
    return {
      ...{ id, number, state: stateOf(notice), days, count, points, hash },
      ...{ madeBy: nameOf(made.actorId), madeAtMs: made.bookedAtMs },
      review: review && {
        ...{ by: nameOf(review.signedBy), atMs: review.signedAtMs, remark: review.remark ?? '' },
      },
      mayGoOutAtMs: review || up ? null : mayGoOutAtMs(notice, hasSupervisor),
      up: up && {
        ...{ by: nameOf(up.act.actorId), on: dayOf(up.act, timeZone), postsOn: up.postsOn },
        isUnreviewed: up.isUnreviewed,
      },
      endedAtMs: ended?.bookedAtMs ?? null,
      isDownSince: down && dayOf(down, timeZone),
    };
  });
}

function stateOfLine(state: ProposalState): LineState {
  return state === 'posted' || state === 'contested' ? state : 'on_notice';
}

/** The deeds of a notice as they hang, and a sum of those under rules that are private. */
interface Lines {
  readonly lines: NoticeLine[];
  readonly unnamed: DeedSum;
}

/** Reads the deeds of a notice: heads in the order of the rule book, then days, rules and households. */
export async function linesOf(reader: Reader, villageId: string, noticeId: string): Promise<Lines> {
  const { body } = await findDocument(reader, villageId, { kind: 'notice', id: noticeId });
  const { lines } = JSON.parse(body) as FrozenNotice;
  const ids = lines.map(({ proposal }) => proposal);
  const fates = await fatesOf(reader, villageId, ids);
  const deeds = await deedsOf(reader, villageId, ids);
  const heads = await rememberedHeads(reader, villageId);
  const placeOf = (category: string) => (heads.includes(category) ? heads.indexOf(category) : heads.length);
  const isPrivate = ({ proposal }: (typeof lines)[number]) => deeds.get(proposal)?.isPrivate === true;
  const hidden = lines.filter(isPrivate);
  const shown = lines
    .filter((line) => !isPrivate(line))
    .map(({ proposal, rule, points, day }) => {
      const { deed } = deeds.get(proposal) ?? {};
      const { category = '', title = '', name = '', group = '', numberKey = '' } = deed ?? {};
      const fate = fates.get(proposal);
      const isOfThis = fate?.noticeId === noticeId;
      const state = isOfThis ? stateOfLine(fate.state) : 'recalled';
      const line = { proposalId: proposal, state, day, category, title, points, name, group };
      const order = [placeOf(category) + 1000, day, rule ?? '', numberKey].join(' ');
      return { order, line: { ...line, entry: isOfThis ? fate.journalNumber : null } };
    });
  return {
    lines: shown.sort((one, other) => (one.order < other.order ? -1 : 1)).map(({ line }) => line),
    unnamed: { entries: hidden.length, points: hidden.reduce((sum, { points }) => sum + points, 0) },
  };
}
