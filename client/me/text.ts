import { textOf } from '../i18n/index.ts';
import type chinese from './locales/zh-CN.ts';
import type later from './parts/book/locales/zh-CN.ts';
import type objecting from './parts/objections/locales/zh-CN.ts';
import type reminders from './parts/reminders/locales/zh-CN.ts';
import type phone from './parts/phone/locales/zh-CN.ts';
import type reporting from './parts/reports/locales/zh-CN.ts';
import type workdays from './parts/workdays/locales/zh-CN.ts';

export const useText = textOf<
  typeof chinese &
    typeof later &
    typeof objecting &
    typeof reminders &
    typeof phone &
    typeof reporting &
    typeof workdays
>();
