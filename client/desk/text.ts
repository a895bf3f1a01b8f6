import { textOf, type CommonKey } from '../i18n/index.ts';
import type { KeyOf } from '../i18n/types.ts';
import type shell from './shell/locales/zh-CN.ts';

/**
 * The Chinese words of the desk. Each feature adds its sections here (`declare module` in its feature.ts).
 * @public
 */
export interface DeskWords {
  readonly desk: (typeof shell)['desk'];
  readonly intents: (typeof shell)['intents'];
  readonly parts: (typeof shell)['parts'];
}

export type DeskKey = KeyOf<DeskWords> | CommonKey;
export const useText = textOf<DeskWords>();
export type DeskText = ReturnType<typeof useText>;
