import type { Aside, Place } from './places.ts';

interface PlaceWords {
  readonly place: Readonly<Record<Place, string>>;
  readonly draft: string;
  readonly aside: Readonly<Record<Aside, string>>;
  /** Said aloud in place of the dots. */
  readonly here: string;
  readonly done: string;
  readonly ended: string;
  readonly besides: string;
}

/** The words of the five dots. They come with the part that draws them. */
export const PLACE_WORDS: Readonly<Record<'zh-CN' | 'en', PlaceWords>> = {
  'zh-CN': {
    place: { reported: '申报', checked: '初审', judged: '评议', noticed: '公示', posted: '入账' },
    draft: '草稿',
    aside: {
      returned: '退回',
      not_accepted: '不予认定',
      contested: '有异议',
      withdrawn: '撤回',
      reversed: '已冲正',
    },
    here: '共 {of} 步，现在是第 {n} 步：{place}',
    done: '共 {of} 步，都办完了，已经{place}',
    ended: '走到第 {n} 步“{place}”为止',
    besides: '，{aside}',
  },
  en: {
    place: {
      reported: 'Reported',
      checked: 'Check',
      judged: 'Review',
      noticed: 'Notice',
      posted: 'Posted',
    },
    draft: 'Draft',
    aside: {
      returned: 'sent back',
      not_accepted: 'not accepted',
      contested: 'contested',
      withdrawn: 'withdrawn',
      reversed: 'reversed',
    },
    here: 'Step {n} of {of}: {place}',
    done: 'All {of} steps are done: {place}',
    ended: 'It ended at step {n}, {place}',
    besides: ', {aside}',
  },
};
