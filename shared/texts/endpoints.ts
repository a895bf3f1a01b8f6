import type { Place } from '../api-base.ts';

export const endpoints = {
  'texts.clear': 'POST /public-texts/clearances',
} as const satisfies Record<string, Place>;
