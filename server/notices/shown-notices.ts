import type { Reader } from '../../db/index.ts';
import type { NoticeLine, NumberedNotice } from '../../shared/notices/numbered-contract.ts';
import type { LineState } from '../../shared/notices/states.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { toldText } from '../acts/index.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import type { DeedSum, OnDay } from '../proposals/index.ts';
import { hasSupervisor, rememberedHeads } from '../village/index.ts';
import { mayGoOutAtMs } from './may-go-out.ts';
import type { FrozenLine } from './notice-lines.ts';
import { dayOf, type NoticeNow, stateOf } from './numbered-notices.ts';

/** Puts notices into the form of the contract. */
export async function shownNotices(
  reader: Reader,
  village: VillageContext,
  notices: readonly NoticeNow[],
  nowMs: number,
): Promise<NumberedNotice[]> {
  if (notices.length === 0) return [];
  const nameThen = await bookerNamesThen(reader, village.id);
  const hasReviewer = await hasSupervisor(reader, village, nowMs);
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
      mayGoOutAtMs: review || up ? null : mayGoOutAtMs(notice, hasReviewer),
      up: up && {
        ...{ by: nameOf(up.act.actorId), on: dayOf(up.act, timeZone), postsOn: up.postsOn },
        ...{ isUnreviewed: up.isUnreviewed, isByScreen: up.shownOn !== null },
      },
      missedOn: (!up && down && toldText(down, 'missedOn')) || null,
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

/** Puts the deeds of a notice in order: heads in the order of the rule book, then days, rules and households. */
export async function linesOf(
  reader: Reader,
  { villageId, today }: OnDay,
  frozen: readonly FrozenLine[],
): Promise<Lines> {
  const heads = await rememberedHeads(reader, villageId, today);
  const placeOf = (category: string) => (heads.includes(category) ? heads.indexOf(category) : heads.length);
  const hidden = frozen.filter(({ found }) => found?.isPrivate === true).map(({ line }) => line);
  const shown = frozen
    .filter(({ found }) => found?.isPrivate !== true)
    .map(({ line: { proposal, rule, points, day }, found, fate }) => {
      const { category = '', title = '', name = '', group = '', numberKey = '' } = found?.deed ?? {};
      const state = fate ? stateOfLine(fate.state) : 'recalled';
      const line = { proposalId: proposal, state, day, category, title, points, name, group };
      const order = [placeOf(category) + 1000, day, rule ?? '', numberKey].join(' ');
      return { order, line: { ...line, entry: fate?.journalNumber ?? null } } as const;
    });
  return {
    lines: shown.sort((one, other) => (one.order < other.order ? -1 : 1)).map(({ line }) => line),
    unnamed: { entries: hidden.length, points: hidden.reduce((sum, { points }) => sum + points, 0) },
  };
}
