import { shallowRef, type ShallowRef } from 'vue';
import type { Notice, NoticeName, NoticeParams, Signal, SoundName } from '../notice.ts';

/** What the volunteer is told, and heard: a notice in words; a sound with its visible twin. */
export interface Voice {
  readonly notice: ShallowRef<Notice | null>;
  readonly signal: Readonly<ShallowRef<Signal | null>>;
  readonly sound: (kind: SoundName, label?: string) => void;
  readonly tell: (notice: Notice | null) => void;
  /** Something asked for is not done: says why, audibly. */
  readonly refuse: (name: NoticeName, params?: NoticeParams) => void;
}

export function createVoice(play: (sound: SoundName) => void): Voice {
  const notice = shallowRef<Notice | null>(null);
  const signal = shallowRef<Signal | null>(null);

  function sound(kind: SoundName, label = ''): void {
    signal.value = { kind, label, serial: (signal.value?.serial ?? 0) + 1 };
    play(kind);
  }

  function tell(next: Notice | null): void {
    notice.value = next;
    if (next && next.kind !== 'good' && next.kind !== 'info') sound('error');
  }

  return {
    notice,
    signal,
    sound,
    tell,
    refuse: (name, params) => tell({ kind: 'bad', name, ...(params ? { params } : {}) }),
  };
}
