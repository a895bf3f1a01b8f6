import { textOf } from '../i18n/index.ts';
import type chinese from './locales/zh-CN.ts';

export const useText = textOf<typeof chinese>();
