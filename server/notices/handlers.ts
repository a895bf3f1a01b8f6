import { addDays } from '../../shared/business-day.ts';
import { NOTICE_DAYS_MAX } from '../../shared/notices/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/notices/endpoints.ts';
import type { ActNames } from '../acts/index.ts';
import type { HandlersOf, RandomBytes } from '../http/index.ts';
import { tallyUnannounced } from '../proposals/index.ts';
import { makeNotice, putUpNotice, reviewNotice, takeDownNotice } from './keep-notice.ts';
import { viewNotice } from './notice.ts';
import { onBoard } from './hanging.ts';
import { frozenLines } from './notice-lines.ts';
import { findNotice, readNotices } from './numbered-notices.ts';
import { objectionsOfNotice } from '../objections/index.ts';
import { noteShown } from './show-notices.ts';
import { linesOf, shownNotices } from './shown-notices.ts';
import { unfitLines, unfitWaiting } from './unfit-texts.ts';
import { withoutBudget } from './without-budget.ts';

export interface NoticesServices {
  readonly actNames: ActNames;
  readonly random: RandomBytes;
}

const SALT_BYTES = 16;

export function noticesHandlers({ actNames, random }: NoticesServices): HandlersOf<typeof endpoints> {
  const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');
  return {
    'notices.view': ({ query: { from, to } }, { reader, village, today, nowMs }) => {
      if (to < from || to > addDays(from, NOTICE_DAYS_MAX - 1))
        throw new Refusal('notice.days', { most: NOTICE_DAYS_MAX });
      return viewNotice(reader, actNames, village, { days: { from, to }, today, nowMs });
    },

    'notices.list': async ({ query: { before, limit } }, { reader, village, nowMs, today }) => {
      const found = await readNotices(reader, village.id, { before, limit: limit + 1 });
      const page = found.slice(0, limit);
      return {
        items: await shownNotices(reader, village, page, nowMs),
        next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
        waiting: await tallyUnannounced(reader, village.id),
        unfit: before === undefined ? await unfitWaiting(reader, { villageId: village.id, today }) : [],
        noticeDays: village.settings.noticeDays,
      };
    },

    'notices.get': async ({ params: { id } }, { reader, village, today, nowMs }) => {
      const notice = await findNotice(reader, village.id, id);
      const [shown] = await shownNotices(reader, village, [notice], nowMs);
      if (!shown) throw new Error('a notice that was found is not shown');
      const { name, town, settings } = village;
      const lines = await frozenLines(reader, { villageId: village.id, today }, id);
      return {
        ...{ ...shown, village: { name, town } },
        ...(await linesOf(reader, { villageId: village.id, today }, lines)),
        waitsForBudget: (await withoutBudget(reader, { village, today }, notice)).length,
        objections: await objectionsOfNotice(reader, village.id, id, settings.timeZone),
        unfit: unfitLines(lines),
        board: notice.ended ? null : await onBoard(reader, village.id, { notice, lines, today }),
      };
    },

    'notices.make': async (_input, { tx, act, ...at }) => {
      const made = await makeNotice(tx, at);
      act(made.act);
      return { id: made.id };
    },

    'notices.review': async ({ params: { id }, body }, { tx, act, ...at }) => {
      act(await reviewNotice(tx, { ...at, newSalt }, { id, ...body }));
      return { id };
    },

    'notices.putUp': async ({ params: { id } }, { tx, act, ...at }) => {
      act(await putUpNotice(tx, at, id));
      return { id };
    },

    'notices.show': async ({ body: { numbers } }, { tx, act, ...at }) => {
      const { noted, acts } = await noteShown(tx, at, numbers);
      act(...acts);
      return { noted };
    },

    'notices.takeDown': async ({ params: { id } }, { tx, act, ...at }) => {
      act(await takeDownNotice(tx, at, id));
      return { id };
    },
  };
}
