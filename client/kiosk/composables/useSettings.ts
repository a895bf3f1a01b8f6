import { inject, ref, type InjectionKey, type Ref } from 'vue';
import type { Memory, Volume } from '../memory.ts';
import type { SoundName } from '../notice.ts';
import type { Voice } from './createVoice.ts';

/** How loud this device is, and how each of its sounds is heard. */
export interface Settings {
  readonly volume: Readonly<Ref<Volume>>;
  readonly chooseVolume: (volume: Volume) => void;
  /** Whether balance and sums are read aloud after a card and a hand-over. */
  readonly speaks: Readonly<Ref<boolean>>;
  readonly chooseSpeaks: (speaks: boolean) => void;
  readonly test: (sound: SoundName) => void;
}

export const settingsKey: InjectionKey<Settings> = Symbol('settings');

export function useSettings(): Settings {
  const settings = inject(settingsKey);
  if (!settings) throw new Error('no settings were provided');
  return settings;
}

export function createSettings(memory: Memory, voice: Voice): Settings {
  const volume = ref(memory.volume);
  const speaks = ref(memory.speaks);
  return {
    volume,
    chooseVolume(chosen) {
      volume.value = chosen;
      memory.volume = chosen;
      voice.sound('card');
    },
    speaks,
    chooseSpeaks(chosen) {
      speaks.value = chosen;
      memory.speaks = chosen;
    },
    test: (sound) => voice.sound(sound),
  };
}
