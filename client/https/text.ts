import { type CommonKey, type Text, textOf } from '../i18n/index.ts';
import type { KeyOf } from '../i18n/types.ts';
import type chinese from './locales/zh-CN.ts';

export type HttpsText = Text<KeyOf<typeof chinese> | CommonKey>;
export const useText = textOf<typeof chinese>();
