import { shallowRef, type ShallowRef } from 'vue';
import type { Signal, SoundName } from '../notice.ts';

/** Plays a sound for the volunteer and shows its visible twin. */
export interface Voice {
  readonly signal: Readonly<ShallowRef<Signal | null>>;
  readonly sound: (kind: SoundName, label?: string) => void;
}

export function createVoice(play: (sound: SoundName) => void): Voice {
  const signal = shallowRef<Signal | null>(null);
  return {
    signal,
    sound(kind, label = '') {
      signal.value = { kind, label, serial: (signal.value?.serial ?? 0) + 1, atMs: Date.now() };
      play(kind);
    },
  };
}
