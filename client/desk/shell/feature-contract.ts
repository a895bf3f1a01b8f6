import { inject, type InjectionKey } from 'vue';
import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router';
import type { Permission } from '../../../shared/permissions.ts';
import type { NotedStep } from '../../../shared/village/setup-steps.ts';
import type { AnswerOf } from '../../api/index.ts';
import type { Sentences } from '../../i18n/types.ts';
import type { IconName } from '../../ui/icons.ts';
import type { DeskKey, DeskText } from '../text.ts';

export const GROUPS = ['daily', 'village'] as const;

/** One thing the desk can do. It brings all that the shell folds: pages, place in the menu, words, items of the home page. */
export interface Feature {
  /** The name of its folder, and of the route that its place in the menu leads to. */
  readonly name: string;
  /** Its words in Chinese. Those in English stand beside them in locales/en.ts. */
  readonly chinese: Sentences;
  readonly routes?: readonly RouteRecordRaw[];
  readonly place?: MenuPlace;
  /** The name of the feature in whose place its pages lie, if it has no place of its own. */
  readonly within?: string;
  /** Its items on the home page for this person now. */
  readonly homeItems?: (home: HomeFacts) => readonly HomeItem[];
  /** Its steps of a village's first morning. */
  readonly setupSteps?: readonly SetupStep[];
}

export type SetupFacts = AnswerOf<'village.summary'>['setup'];

/** One thing a new village does before its shop opens. */
export interface SetupStep {
  readonly name: string;
  /** Steps are taken from low to high. The numbers leave room for steps between. */
  readonly order: number;
  readonly to: RouteLocationRaw;
  readonly title: DeskKey;
  readonly why: DeskKey;
  readonly isDone: (setup: SetupFacts) => boolean;
  /** The words with which a village does without it; the server remembers. */
  readonly skip?: { readonly step: NotedStep; readonly words: DeskKey };
}

export interface MenuPlace {
  readonly icon: IconName;
  /** Somebody without this permission does not see the place. */
  readonly needs: Permission;
  readonly group: (typeof GROUPS)[number];
  readonly label: DeskKey;
  /** For the bar at the foot of a phone. */
  readonly short?: DeskKey;
  /** On a phone it stands raised in the middle of the bar. */
  readonly isCentral?: boolean;
  /** How many things wait there for this person. */
  readonly badge?: (waiting: AnswerOf<'proposals.waiting'>) => number;
}

export interface HomeFacts {
  readonly summary: AnswerOf<'village.summary'>;
  readonly mayDo: (permission: Permission) => boolean;
  readonly t: DeskText['t'];
  /** Says how long ago something was. */
  readonly since: (atMs: number) => string;
  /** Says a business day as the home page does. */
  readonly day: (isoDay: string) => string;
}

export interface HomeItem {
  readonly name: string;
  readonly to: RouteLocationRaw;
  readonly icon: IconName;
  readonly count?: number;
  readonly text: string;
  readonly more?: string;
  readonly isUrgent?: boolean;
}

export const featuresKey: InjectionKey<readonly Feature[]> = Symbol('features');

export function useFeatures(): readonly Feature[] {
  const features = inject(featuresKey);
  if (!features) throw new Error('no features were provided');
  return features;
}
