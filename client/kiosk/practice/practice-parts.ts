import type { Goods } from '../composables/useGoods.ts';
import type { Settings } from '../composables/useSettings.ts';
import type { Station } from '../composables/station.ts';
import type { Kiosk } from '../create-kiosk.ts';
import type { Memory } from '../memory.ts';
import type { SoundName } from '../notice.ts';
import type { PracticeWords } from './practice-server.ts';
import type { PracticeHousehold, PracticeNames } from './practice-shop.ts';

/** A whole kiosk over made-up households. It has no way to the server and none to the disk. */
export interface PracticeTill {
  readonly station: Station;
  readonly goods: Goods;
  readonly kiosk: Kiosk;
  readonly settings: Settings;
  readonly households: readonly PracticeHousehold[];
  /** Ends everything that it watches. */
  readonly stop: () => void;
}

export interface PracticeParts {
  /** The shop's own kiosk, which rests meanwhile. */
  readonly real: { readonly station: Station; readonly goods: Goods; readonly kiosk: Kiosk };
  readonly memory: Memory;
  readonly now: () => number;
  readonly play: (volume: () => Memory['volume']) => (sound: SoundName) => void;
  readonly print: () => void;
  readonly words: () => PracticeWords & PracticeNames & { readonly volunteer: string };
}
