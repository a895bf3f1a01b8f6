import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { KeyedId } from '../../api/index.ts';
import type { Intent, ShownIntent } from '../../intent/intent.ts';
import type { Screen, Slot } from '../../intent/intents.ts';
import { useDesk } from '../desk.ts';
import type { CallOf, DeskAnswerOf, DeskSent } from './desk-intents.ts';

export interface DeskIntent<Id extends KeyedId> extends ShownIntent {
  readonly unclear: DeskSent<Id> | null;
  /** The key under which a draft that begins now is sent. */
  readonly key: string;
  readonly send: <One extends Id>(id: One, call: CallOf<One>) => Promise<DeskAnswerOf<One> | null>;
  /** Begins with an empty form, or with what was sent and is not answered yet. */
  readonly begin: () => void;
  /** Resolves when it is known what an earlier page left open. */
  readonly opened: () => Promise<void>;
}

export interface DeskIntentOptions<Id extends KeyedId> {
  readonly kind: string;
  /** The row it is about. Another row has another intent. */
  readonly about?: MaybeRefOrGetter<string>;
  /** Whether it is in view; a dialog's is only while that is open. */
  readonly open?: MaybeRefOrGetter<boolean>;
  /** Its name on the screen. */
  readonly words: () => string;
  /** The typed fields. They are kept with the request, and show it again while its outcome is unclear. */
  readonly form?: MaybeRefOrGetter<object>;
  readonly blank?: () => object;
  /** The key of the draft on this computer in which it is written, and which is done with when it is booked. */
  readonly draftKey?: () => string | null;
  /** It was booked: now, or by an earlier sending that was asked about. */
  readonly booked?: (answer: DeskAnswerOf<Id>, sent: DeskSent<Id>, wasLeft: boolean) => void | Promise<void>;
  /** It was booked by an earlier sending, or while it was out of view: what is shown is out of date. */
  readonly outdated?: () => void | Promise<void>;
}

/** The intent of a screen of the desk about one thing. Another screen about the same thing has the same intent. */
export function useDeskIntent<Id extends KeyedId>(options: DeskIntentOptions<Id>): DeskIntent<Id> {
  const { kind, words, form = {}, blank = () => ({}), draftKey = () => null, outdated } = options;
  const intent = useSlot(options);

  function fill(): void {
    Object.assign(toValue(form), intent().unclear?.form);
  }
  watch(() => intent().unclear, fill, { immediate: true });
  watch(useDesk().intents.arrived, (what) => {
    if (what?.kind === kind) void outdated?.();
  });

  return {
    get busy() {
      return intent().busy;
    },
    get failure() {
      return intent().failure;
    },
    get unclear() {
      return intent().unclear;
    },
    get key() {
      return intent().key;
    },
    get isAsking() {
      return intent().isAsking;
    },
    get isBooking() {
      return intent().isBooking;
    },
    get isUnkept() {
      return intent().isUnkept;
    },
    ask: () => intent().ask(),
    reset: () => intent().reset(),
    opened: () => intent().opened,
    begin() {
      intent().reset();
      if (intent().unclear === null) Object.assign(toValue(form), blank());
      else fill();
    },
    async beginAnew() {
      await intent().beginAnew();
      if (intent().unclear === null) Object.assign(toValue(form), blank());
    },
    send(id, call) {
      const key = draftKey();
      const kept = key === null ? {} : { draftKey: key };
      const sent = { id, call, words: words(), form: toValue(form), ...kept } as unknown as DeskSent<Id>;
      return intent().run(sent);
    },
  };
}

/** The intent it is about now, told of this screen while that is in view. */
function useSlot<Id extends KeyedId>(options: DeskIntentOptions<Id>) {
  const { kind, about = '', open = true, booked, outdated } = options;
  const { intents } = useDesk();
  const screen: Screen<DeskSent<Id>, DeskAnswerOf<Id>> = {
    ...(booked ? { booked } : {}),
    ...(outdated ? { bookedOtherwise: outdated } : {}),
  };
  type Own = Slot<DeskSent<Id>, DeskAnswerOf<Id>>;
  // The intents of the desk are of all kinds; what is sent as one of these ids is answered as one of these ids.
  const ownSlot = () => intents.slotOf(kind, toValue(about)) as unknown as Own;
  const slot = shallowRef(ownSlot());
  let hide: (() => void) | null = null;

  watch(
    [() => toValue(about), () => toValue(open)],
    ([, isOpen]) => {
      hide?.();
      slot.value = ownSlot();
      hide = isOpen ? slot.value.show(screen) : null;
    },
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(() => hide?.());
  return (): Intent<DeskSent<Id>, DeskAnswerOf<Id>> => slot.value.intent;
}
