import { inject, type InjectionKey } from 'vue';
import type { Api } from '../api/index.ts';

export const apiKey: InjectionKey<Api> = Symbol('api');

export function useApi(): Api {
  const api = inject(apiKey);
  if (!api) throw new Error('no api was provided');
  return api;
}
