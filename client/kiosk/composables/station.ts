import type { Ref, ShallowRef } from 'vue';
import type { AnswerOf, Api, Failure, Outcome } from '../../api/index.ts';
import type { ShiftCounts } from '../counter/effects.ts';
import type { AloneRefusal } from '../shift-alone.ts';

export type NotLetIn = Failure | AloneRefusal;

export type StationState = AnswerOf<'kiosk.state'>;

/** `closed`: the server cannot be reached and has told nothing yet. */
export type Stage = 'starting' | 'closed' | 'pairing' | 'signing_in' | 'open';

/** This device: whether it is paired, who is on duty, whether the server can be reached. */
export interface Station {
  /** The API, watched: every call tells whether the network is there and whether device and shift still count. */
  readonly api: Api;
  /** Asks as well, but whoever asks hears the answer before the stage changes by it. */
  readonly ask: <T>(
    call: (api: Api) => Promise<Outcome<T>>,
    hear: (outcome: Outcome<T>) => void,
  ) => Promise<void>;
  readonly stage: Readonly<Ref<Stage>>;
  readonly state: Readonly<Ref<StationState | null>>;
  /** The id of the shift on duty; empty where nobody is. */
  readonly shiftId: () => string;
  /** The shift was begun without the server, which gives no token for it. */
  readonly isLocalShift: Readonly<Ref<boolean>>;
  /** Opens the locked screen of the shift on duty; null: the PIN is right. */
  readonly unlock: (pin: string) => Promise<NotLetIn | null>;
  /** The shift that was begun without the server is over, because the network is back. */
  readonly isNetworkBack: Readonly<Ref<boolean>>;
  /** The network is back: whoever serves on types the PIN once more. False: the disk refuses, and the shift goes on. */
  readonly endLocalShift: () => Promise<boolean>;
  /** The shift is over by this device's clock, and the server cannot be told. False: the disk refuses, and it goes on. */
  readonly endShiftHere: () => Promise<boolean>;
  readonly isConnected: Readonly<Ref<boolean>>;
  /** A volunteer's PIN is being checked. */
  readonly isSigningIn: Readonly<Ref<boolean>>;
  /** Why the device was locked out or the shift ended. */
  readonly ended: ShallowRef<Failure | null>;
  /** Asks the server for the station's state, quickly; true when it answered. */
  readonly check: () => Promise<boolean>;
  /** True when the server was heard from just now, or answers when asked: what is not sent has surely not happened. */
  readonly canReachServer: () => Promise<boolean>;
  readonly pair: (code: string) => Promise<Failure | null>;
  readonly signIn: (volunteerId: string, pin: string) => Promise<NotLetIn | null>;
  /** False: the disk refuses, and the shift goes on. */
  readonly signOut: (counts?: ShiftCounts) => Promise<boolean>;
}
