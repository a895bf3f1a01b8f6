import { computed, shallowReactive, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { IntentStore, KeptIntent } from './intent-store.ts';
import { createIntent, type Intent, type IntentParts, type LeftOpen } from './intent.ts';

/** A screen that shows an intent: it is told what becomes of it. */
export interface Screen<Content, T> {
  readonly booked?: (data: T, content: Content, wasLeft: boolean) => void | Promise<void>;
  readonly bookedOtherwise?: () => void | Promise<void>;
}

/** The intent about one thing, the same for every screen that is about it. */
export interface Slot<Content, T> {
  readonly kind: string;
  readonly about: string;
  readonly intent: Intent<Content, T>;
  /** The content that was sent last. */
  readonly last: Content | null;
  /** A screen is open that shows it. Answers how to tell that it is closed. */
  readonly show: (screen: Screen<Content, T>) => () => void;
}

export interface Intents<Content, T> {
  /** This person sits here now. Nothing of anybody else is shown or asked about. */
  readonly enter: (owner: string) => void;
  readonly leave: () => void;
  readonly slotOf: (kind: string, about: string) => Slot<Content, T>;
  /** Intents that no screen shows and somebody must see: their outcome is unclear, or they were refused. */
  readonly unseen: ComputedRef<readonly Slot<Content, T>[]>;
  /** The network is back: what is unclear is asked about. */
  readonly askAll: () => void;
}

export interface IntentsParts<Content, T> extends Pick<
  IntentParts<Content, T>,
  'send' | 'keyOf' | 'isBooking' | 'attemptsMax' | 'wait' | 'now'
> {
  readonly store: IntentStore;
  /** False for content that is not worth the disk, or must not lie on it: it is forgotten with the page. */
  readonly isKept: (content: Content) => boolean;
  /** It was booked, and no screen was there to be told. */
  readonly arrived: (content: Content, kind: string) => void;
  /** Its screen has to be told, when it is opened next: a draft would be sent again, a password was not seen. */
  readonly isAwaited: (content: Content) => boolean;
}

/** An older sending was perhaps entered elsewhere meanwhile. It is asked about only when somebody says so. */
const ASKED_BY_ITSELF_MS = 12 * 3_600_000;

type OwnSlot<Content, T> = Slot<Content, T> & { readonly isShown: () => boolean };

/** The intents of one person. */
interface Room<Content, T> {
  readonly owner: string;
  readonly left: Promise<readonly KeptIntent[]>;
  readonly byName: Map<string, OwnSlot<Content, T>>;
  readonly slots: ShallowRef<readonly OwnSlot<Content, T>[]>;
}

/**
 * All intents of a face. They live longer than the screens that send them: a dialog that is closed and opened again
 * finds its own as it was sent, and the dialog of another row has another.
 */
export function createIntents<Content, T>(parts: IntentsParts<Content, T>): Intents<Content, T> {
  const { store, now = Date.now } = parts;
  const rooms = new Map<string, Room<Content, T>>();
  const room = shallowRef(openRoom(''));

  function openRoom(owner: string): Room<Content, T> {
    const left = owner === '' ? Promise.resolve([]) : store.openOnes(owner);
    const opened: Room<Content, T> = { owner, left, byName: new Map(), slots: shallowRef([]) };
    rooms.set(owner, opened);
    void left.then((all) => {
      for (const { kind, about } of all) slotIn(opened, kind, about);
    });
    return opened;
  }

  function slotIn(at: Room<Content, T>, kind: string, about: string): Slot<Content, T> {
    const name = `${kind} ${about}`;
    const known = at.byName.get(name);
    if (known) return known;
    const slot = createSlot(parts, at, { kind, about, isHere: () => at === room.value });
    at.byName.set(name, slot);
    at.slots.value = [...at.slots.value, slot];
    return slot;
  }

  return {
    enter(owner) {
      if (room.value.owner !== owner) room.value = rooms.get(owner) ?? openRoom(owner);
    },
    leave() {
      room.value = rooms.get('') ?? openRoom('');
    },
    slotOf: (kind, about) => slotIn(room.value, kind, about),
    unseen: computed(() =>
      room.value.slots.value.filter(
        ({ intent, isShown }) => !isShown() && (intent.unclear !== null || intent.failure !== null),
      ),
    ),
    askAll() {
      for (const { intent } of room.value.slots.value) if (isYoung(intent, now())) void intent.ask();
    },
  };
}

interface Place {
  readonly kind: string;
  readonly about: string;
  /** Its person sits here. */
  readonly isHere: () => boolean;
}

function createSlot<Content, T>(
  parts: IntentsParts<Content, T>,
  { left, owner }: Pick<Room<Content, T>, 'left' | 'owner'>,
  { kind, about, isHere }: Place,
): OwnSlot<Content, T> {
  const { store, now = Date.now } = parts;
  const screens: Screen<Content, T>[] = shallowReactive([]);
  const own = left.then((all) => all.find((one) => one.kind === kind && one.about === about));
  const last: ShallowRef<Content | null> = shallowRef(null);
  let awaited: { readonly kept: KeptIntent<Content>; readonly data: T } | null = null;

  const opened = own.then((kept) => {
    last.value = (kept?.content as Content | undefined) ?? null;
    if (kept?.answer === undefined) return (kept as LeftOpen<Content> | undefined) ?? null;
    awaited ??= { kept: kept as KeptIntent<Content>, data: kept.answer as T };
    return null;
  });

  const intent: Intent<Content, T> = createIntent<Content, T>({
    ...parts,
    left: opened,
    async leftElsewhere(key) {
      const all = await store.openOnes(owner);
      const isOther = (one: KeptIntent) =>
        one.kind === kind && one.about === about && one.key !== key && one.answer === undefined;
      return (all.find(isOther) as LeftOpen<Content> | undefined) ?? null;
    },
    send(content, key) {
      last.value = content;
      // Somebody else sits here by now: it is not sent in their name.
      if (!isHere()) return Promise.resolve({ kind: 'unknown', reason: 'unreachable' });
      return parts.send(content, key);
    },
    keep: (sent) =>
      parts.isKept(sent.content) ? store.keep({ ...sent, kind, about, owner }) : Promise.resolve(null),
    settle: (key) => (awaited?.kept.key === key ? Promise.resolve() : store.settle(key)),
    async booked(data, sent, wasLeft) {
      const screen = screens[screens.length - 1];
      if (screen) {
        await screen.booked?.(data, sent.content, wasLeft);
        return;
      }
      if (isHere()) parts.arrived(sent.content, kind);
      if (!parts.isAwaited(sent.content)) return;
      const kept = { ...sent, kind, about, owner };
      awaited = { kept, data };
      if (parts.isKept(sent.content)) await store.keep({ ...kept, answer: data });
    },
    async bookedOtherwise() {
      const screen = screens[screens.length - 1];
      await screen?.bookedOtherwise?.();
    },
  });

  async function open(screen: Screen<Content, T>): Promise<void> {
    await intent.opened;
    if (!screens.includes(screen)) return;
    if (awaited !== null) {
      const { kept, data } = awaited;
      awaited = null;
      await screen.booked?.(data, kept.content, true);
      await store.settle(kept.key);
    } else if (isYoung(intent, now())) void intent.ask();
  }

  return {
    ...{ kind, about, intent },
    get last(): Content | null {
      return last.value;
    },
    isShown: () => screens.length > 0,
    show(screen) {
      screens.push(screen);
      void open(screen);
      return () => {
        screens.splice(screens.indexOf(screen), 1);
        // A refusal that was read is not told again elsewhere.
        if (screens.length === 0) intent.reset();
      };
    },
  };
}

function isYoung(
  { unclearSinceMs }: Pick<Intent<unknown, unknown>, 'unclearSinceMs'>,
  nowMs: number,
): boolean {
  return unclearSinceMs !== null && nowMs - unclearSinceMs < ASKED_BY_ITSELF_MS;
}
