import { inject, type InjectionKey } from 'vue';
import type { ServerClock } from '../server-clock.ts';

export const serverClockKey: InjectionKey<ServerClock> = Symbol('server clock');

export function useServerClock(): ServerClock {
  const clock = inject(serverClockKey);
  if (!clock) throw new Error('no server clock was provided');
  return clock;
}
