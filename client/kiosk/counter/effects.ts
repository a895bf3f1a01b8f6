import type { BodyOf } from '../../api/index.ts';
import type { SoundName } from '../notice.ts';
import type { Basket, Owed, Presence, Question } from './state.ts';

/** The counts of the shelf when the shift ended. */
export type ShiftCounts = NonNullable<BodyOf<'kiosk.signOut'>['counts']>;

/** Each of these is answered by an event that carries its turn. */
type Asking =
  | { readonly do: 'lookUp'; readonly turn: number; readonly question: Question }
  | {
      readonly do: 'checkPin';
      readonly turn: number;
      readonly householdId: string;
      readonly presence: Presence | null;
      readonly pin: string;
    }
  | {
      readonly do: 'vouch';
      readonly turn: number;
      readonly householdId: string;
      readonly presence: Presence | null;
      readonly volunteerId: string;
      readonly pin: string;
      /** The most that the basket may cost for which this volunteer vouches. */
      readonly points: number;
    }
  /** Is the server there? Nothing is sent yet. */
  | { readonly do: 'reach'; readonly turn: number }
  /** A strict write of what is about to be sent. A basket moves with it, out of those that were not sent. */
  | { readonly do: 'keepOwed'; readonly turn: number; readonly owed: Owed }
  | { readonly do: 'send'; readonly turn: number; readonly owed: Owed }
  | { readonly do: 'pause'; readonly turn: number; readonly ms: number }
  | { readonly do: 'listRecent'; readonly turn: number };

type OnDisk =
  /** It is known what became of it: its row goes. */
  | { readonly do: 'settle'; readonly key: string }
  /** It was not sent after all, or nothing was booked: its row goes and its basket stays, in one write. */
  | { readonly do: 'takeBack'; readonly key: string; readonly basket: Basket | null }
  /** The unsent basket as it is now; null where there is none. It cannot touch what was sent. */
  | { readonly do: 'keepAside'; readonly basket: Basket | null }
  /** The baskets that stepped aside, all of them. */
  | { readonly do: 'keepParked'; readonly baskets: readonly Basket[] };

type Around =
  | { readonly do: 'refreshGoods' }
  | { readonly do: 'sound'; readonly sound: SoundName; readonly label?: string }
  | { readonly do: 'forgetPaper' }
  | { readonly do: 'endShift'; readonly counts?: ShiftCounts };

export type Effect = Asking | OnDisk | Around;
