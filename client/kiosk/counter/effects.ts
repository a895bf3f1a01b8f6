import type { BodyOf } from '../../api/index.ts';
import type { SoundName } from '../notice.ts';
import type { Basket, Owed, Presence, Question } from './state.ts';

/** The counts of the shelf when the shift ended. */
export type ShiftCounts = NonNullable<BodyOf<'kiosk.signOut'>['counts']>;

/** Each of these is answered by an event that carries its turn. */
type Asking =
  /** `isPatient`: the copy counts only where the server does not answer at all. */
  | {
      readonly do: 'lookUp';
      readonly turn: number;
      readonly question: Question;
      readonly isPatient?: boolean;
    }
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
  /** A strict write of the row. `how` null: it asks. */
  | {
      readonly do: 'keepRow';
      readonly turn: number;
      readonly owed: Owed;
      readonly how: 'here' | null;
    }
  /** Waits for the server's answer to a row that asks, however long it takes. */
  | { readonly do: 'awaitAnswer'; readonly turn: number; readonly owed: Owed }
  | { readonly do: 'wait'; readonly turn: number; readonly ms: number }
  /** Notes on the disk what became of a row, and that is final. */
  | { readonly do: 'noteEnd'; readonly turn: number; readonly key: string; readonly how: 'here' | 'given_up' }
  | { readonly do: 'listRecent'; readonly turn: number };

type OnDisk =
  /** The unsent basket as it is now; null where there is none. It touches no row. */
  | { readonly do: 'keepAside'; readonly basket: Basket | null }
  /** The baskets that stepped aside, all of them. */
  | { readonly do: 'keepParked'; readonly baskets: readonly Basket[] };

type Around =
  /** Asks the server now, instead of after the pause. */
  | { readonly do: 'wake' }
  | { readonly do: 'refreshGoods' }
  | { readonly do: 'sound'; readonly sound: SoundName; readonly label?: string }
  | { readonly do: 'forgetPaper' }
  | { readonly do: 'endShift'; readonly counts?: ShiftCounts };

export type Effect = Asking | OnDisk | Around;
