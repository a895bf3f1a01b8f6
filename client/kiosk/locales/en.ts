import type { SameKeys } from '../../i18n/types.ts';
import type later from '../outbox/locales/zh-CN.ts';
import type oneWindow from '../pages/aside/locales/zh-CN.ts';
import type pairing from '../pages/pair/locales/zh-CN.ts';
import type found from '../parts/find/locales/zh-CN.ts';
import type dialog from '../parts/station/locales/zh-CN.ts';
import type vouching from '../parts/vouch/locales/zh-CN.ts';
import { aside } from './en/second-window.ts';
import { find } from './en/find.ts';
import { notices } from './en/notices.ts';
import { outbox } from './en/outbox.ts';
import { pair } from './en/pair.ts';
import { papers } from './en/papers.ts';
import { practice } from './en/practice.ts';
import { returns } from './en/returns.ts';
import { sending } from './en/sending.ts';
import { serving } from './en/serving.ts';
import { station } from './en/station.ts';
import { stationDialog } from './en/station-dialog.ts';
import { vouch } from './en/vouch.ts';
import shifts from '../shifts/locales/en.ts';
import type shiftsChinese from '../shifts/locales/zh-CN.ts';
import type chinese from './zh-CN.ts';

export default {
  ...station,
  ...serving,
  ...sending,
  ...papers,
  ...notices,
  ...practice,
  ...returns,
  ...outbox,
  ...aside,
  ...pair,
  ...find,
  ...stationDialog,
  ...vouch,
  ...shifts,
} satisfies SameKeys<
  typeof chinese &
    typeof later &
    typeof oneWindow &
    typeof pairing &
    typeof found &
    typeof dialog &
    typeof vouching &
    typeof shiftsChinese
>;
