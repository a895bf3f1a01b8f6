import { addDays } from '../../../shared/business-day.ts';
import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { ShortDays } from '../../i18n/useShortDays.ts';
import type { DeskText } from '../text.ts';

export type Board = AnswerOf<'board.view'>;
export type Deed = Board['deeds'][number];

export interface Voice {
  readonly t: DeskText['t'];
  readonly format: Pick<Format, 'points' | 'signedPoints'>;
  readonly shortDays: ShortDays;
}

/** The week's good news, which is public already: names are masked as on the board. */
export interface Week {
  readonly heading: string;
  /** The drawing of the deed that most households did. */
  readonly drawing: string | null;
  /** One line a deed, those of most households first. */
  readonly deeds: readonly string[];
  /** The lines after them: opening hours, what is new, thanks. */
  readonly rest: readonly string[];
  readonly closing: string;
}

/** A chat message longer than this is not read. */
const DEEDS_AT_MOST = 10;
const GOODS_AT_MOST = 8;

/** Deeds that were booked in the week: one that hung on a notice was done before. */
export function deedsOfWeek({ deeds, weekFrom }: Board): Deed[] {
  return deeds.filter(({ bookedOn }) => bookedOn >= weekFrom).sort((a, b) => b.households - a.households);
}

/** The week as it is written into the group. */
export function weekWords(board: Board, { t, format, shortDays }: Voice): Week {
  const all = deedsOfWeek(board);
  const line = (deed: Deed) => {
    const { title, households: n, groups, names } = deed;
    const [group = ''] = groups;
    const points = format.signedPoints(deed.points);
    if (n === 1) return t('share.said.one', { title, group, name: names[0] ?? '', points });
    return groups.length === 1
      ? t('share.said.ofGroup', { title, group, n, points })
      : t('share.said.many', { title, n, points });
  };
  const more = all.length - DEEDS_AT_MOST;
  return {
    heading: t('share.said.heading', {
      village: board.village.name,
      from: shortDays.day(board.weekFrom),
      to: shortDays.day(addDays(board.weekFrom, 6)),
    }),
    drawing: all[0]?.drawing ?? null,
    deeds: [
      ...all.slice(0, DEEDS_AT_MOST).map(line),
      ...(more > 0 ? [t('share.said.more', { n: more })] : []),
    ],
    rest: restOf(board, t, 'said'),
    closing: t('share.said.closing'),
  };
}

/** The message that is pasted into the group. */
export function messageOf({ heading, deeds, rest, closing }: Week): string {
  return [heading, ...deeds.map((line) => `· ${line}`), '', ...rest, closing].join('\n');
}

/** The week as it is read aloud: groups and numbers, because nobody can read a masked name. */
export function speechOf(board: Board, { t, format }: Pick<Voice, 't' | 'format'>): string {
  const all = deedsOfWeek(board);
  const sentence = ({ title, households: n, groups, points }: Deed) => {
    const [group = ''] = groups;
    const said = { title, group, n, points: format.points(points) };
    if (n === 1) return t('share.spoken.one', said);
    return groups.length === 1 ? t('share.spoken.ofGroup', said) : t('share.spoken.many', said);
  };
  const more = all.length - DEEDS_AT_MOST;
  return [
    t('share.spoken.greeting', { village: board.village.name }),
    ...(all.length > 0 ? [t('share.spoken.opening')] : []),
    ...all.slice(0, DEEDS_AT_MOST).map(sentence),
    ...(more > 0 ? [t('share.spoken.more', { n: more })] : []),
    ...restOf(board, t, 'spoken'),
    t('share.spoken.closing'),
  ].join('\n');
}

function restOf(
  { village, goods, thanks, weekFrom }: Board,
  t: DeskText['t'],
  way: 'said' | 'spoken',
): string[] {
  const listed = (names: readonly string[]) => names.slice(0, GOODS_AT_MOST).join(t('share.said.comma'));
  const fresh = goods.filter(({ isNew, available }) => isNew && available).map(({ name }) => name);
  const donors = thanks.filter(({ day }) => day >= weekFrom).map(({ donor }) => donor);
  return [
    ...(village.shopHours ? [t(`share.${way}.hours`, { hours: village.shopHours })] : []),
    ...(fresh.length > 0 ? [t(`share.${way}.fresh`, { goods: listed(fresh) })] : []),
    ...(donors.length > 0 ? [t(`share.${way}.thanks`, { donors: listed(donors) })] : []),
  ];
}
