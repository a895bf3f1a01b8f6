import { inject, type InjectionKey } from 'vue';
import type { Kiosk } from '../create-kiosk.ts';

export const kioskKey: InjectionKey<Kiosk> = Symbol('kiosk');

export function useKiosk(): Kiosk {
  const kiosk = inject(kioskKey);
  if (!kiosk) throw new Error('no kiosk was provided');
  return kiosk;
}
