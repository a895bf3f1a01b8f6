import { addDays } from '../../shared/business-day.ts';
import { NOTICE_DAYS_MAX } from '../../shared/notices/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/notices/endpoints.ts';
import type { ActNames } from '../acts/index.ts';
import type { HandlersOf } from '../http/index.ts';
import { viewNotice } from './notice.ts';

interface NoticesServices {
  readonly actNames: ActNames;
}

export function noticesHandlers({ actNames }: NoticesServices): HandlersOf<typeof endpoints> {
  return {
    'notices.view': ({ query: { from, to } }, { reader, village, today, nowMs }) => {
      if (to < from || to > addDays(from, NOTICE_DAYS_MAX - 1))
        throw new Refusal('notice.days', { most: NOTICE_DAYS_MAX });
      return viewNotice(reader, actNames, village, { days: { from, to }, today, nowMs });
    },
  };
}
