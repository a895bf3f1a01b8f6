import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, Api, InputOf, KeyedId, Outcome } from '../../api/index.ts';
import type { IntentStore } from '../../intent/intent-store.ts';
import { createIntents, type Intents } from '../../intent/intents.ts';

type WithoutKey<Input> = Input extends unknown ? Omit<Input, 'key'> : never;

/** The request as plain data: it can be sent again without the screen it came from. */
export type CallOf<Id extends KeyedId> = Id extends KeyedId ? WithoutKey<InputOf<Id>> : never;

export type DeskSent<Id extends KeyedId = KeyedId> = Id extends KeyedId
  ? {
      readonly id: Id;
      readonly call: CallOf<Id>;
      /** Its name on the screen, in the language it was sent in. It is shown above any page: no secret is in it. */
      readonly words: string;
      /** The form as it was filled in, to be shown again. */
      readonly form: unknown;
      /** The key of the draft on this computer in which it is written, and which is done with when it is booked. */
      readonly draftKey?: string;
    }
  : never;

export interface DeskIntents extends Intents<DeskSent, unknown> {
  /** It was booked, and no screen was there to be told. */
  readonly arrived: Readonly<ShallowRef<Arrived | null>>;
  /** The last write that was refused because it needs a second person, until somebody hands it in or leaves it. */
  readonly needsSecond: ShallowRef<DeskSent | null>;
  /** The form in view was handed in for a second person: leaving it loses nothing. */
  readonly isHandedIn: Ref<boolean>;
}

interface Arrived {
  readonly kind: string;
  readonly words: string;
  /** Its answer holds a password or a PIN, which waits for its own dialog. */
  readonly isSecret: boolean;
}

/** These move points or goods. They are kept on the disk: a reload or an empty battery forgets none. */
const BOOKINGS: ReadonlySet<KeyedId> = new Set<KeyedId>([
  'proposals.create',
  'proposals.correct',
  'proposals.createReversal',
  'proposals.reverseBatch',
  'proposals.decide',
  'households.proposeChange',
  'goods.openStock',
  'goods.stockIn',
  'goods.stocktake',
  'redemptions.return',
  'imports.commit',
  'imports.commitScores',
  'workdays.close',
]);

/** The answer holds a password or a PIN: it is shown where it was asked for, and lies on no disk. */
const SECRETS: ReadonlySet<KeyedId> = new Set<KeyedId>([
  'staff.create',
  'staff.resetPassword',
  'kiosks.create',
  'kiosks.newCode',
  'volunteers.create',
  'volunteers.update',
]);

const TIMEOUTS_MS: Partial<Record<KeyedId, number>> = {
  'proposals.create': 20_000,
  'proposals.correct': 20_000,
  'proposals.decide': 30_000,
  'goods.openStock': 30_000,
  'imports.commit': 180_000,
  'imports.commitScores': 180_000,
  'workdays.close': 60_000,
};

export function createDeskIntents(api: Api, store: IntentStore, pace: Pace = {}): DeskIntents {
  const arrived = shallowRef<Arrived | null>(null);
  const needsSecond = shallowRef<DeskSent | null>(null);
  const { call: ask } = api as unknown as LooseApi;
  const intents = createIntents<DeskSent, unknown>({
    ...pace,
    store,
    async send(sent, key) {
      const { id, call } = sent;
      const outcome = await ask(id, { ...call, key, timeoutMs: TIMEOUTS_MS[id] });
      if (outcome.kind === 'problem' && outcome.problem.code === 'change.needs_second')
        needsSecond.value = sent;
      return outcome;
    },
    keyOf: ({ draftKey }) => draftKey ?? null,
    isBooking: ({ id }) => BOOKINGS.has(id),
    isKept: ({ id }) => BOOKINGS.has(id),
    isAwaited: ({ id, draftKey }) => draftKey !== undefined || SECRETS.has(id),
    arrived: ({ id, words }, kind) => {
      arrived.value = { kind, words, isSecret: SECRETS.has(id) };
    },
  });
  return { ...intents, arrived, needsSecond, isHandedIn: ref(false) };
}

/** Endpoint and input come together in what was sent; the types cannot say that of all of them at once. */
interface LooseApi {
  readonly call: (id: KeyedId, input: object) => Promise<Outcome<unknown>>;
}

/** For the tests, which do not wait. */
type Pace = Pick<Parameters<typeof createIntents>[0], 'now' | 'wait' | 'attemptsMax'>;

export type DeskAnswerOf<Id extends KeyedId> = Id extends KeyedId ? AnswerOf<Id> : never;
