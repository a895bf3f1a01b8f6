import {
  computed,
  inject,
  ref,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue';
import type { AnswerOf, Api, BodyOf, Failure, Outcome } from '../../api/index.ts';
import { beginHearing, settleBook, type WentBack } from '../book-memory.ts';
import type { KeptAccount, Memory, Seen } from '../memory.ts';

export type View = AnswerOf<'me.view'>;
export type Line = View['lines'][number];
export type Month = View['months']['items'][number];
export type Goal = NonNullable<View['goal']>;

/** The households opened on this phone, and the one looked at. */
export interface Account {
  readonly api: Api;
  /** A household is shown; otherwise one is being opened. */
  readonly isOpen: ComputedRef<boolean>;
  readonly kept: Readonly<ShallowRef<readonly KeptAccount[]>>;
  readonly current: Readonly<ShallowRef<KeptAccount | null>>;
  readonly view: Readonly<ShallowRef<View | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  readonly heardAtMs: Readonly<Ref<number>>;
  /** Set when the village's book has gone back since this phone saw it. */
  readonly wentBack: Readonly<ShallowRef<WentBack | null>>;
  /** The household that is not on this phone any more, because its log-in ended or was ended elsewhere. */
  readonly ended: ShallowRef<{ readonly head: string | null } | null>;
  /** The card whose QR opened the page, while its PIN is still to be typed. */
  readonly card: Ref<string | null>;
  /** Another household is being added. */
  readonly isAdding: Ref<boolean>;
  /** This phone will not remember what was opened on it; said once, until it is read. */
  readonly isForgetful: Ref<boolean>;
  readonly open: (body: BodyOf<'me.login'>) => Promise<Failure | null>;
  readonly reload: () => Promise<void>;
  readonly switchTo: (token: string) => Promise<void>;
  /** Somebody has read that the book went back. */
  readonly settle: () => void;
  readonly setGoal: (goal: Goal | null) => void;
  /** Takes the household looked at off this phone; the server is told, but need not answer. */
  readonly forget: () => Promise<void>;
  /** A card's QR was opened: an account it opened before is shown, another's PIN is asked for. */
  readonly present: (card: string) => void;
}

export const accountKey: InjectionKey<Account> = Symbol('account');

export function useAccount(): Account {
  const account = inject(accountKey);
  if (!account) throw new Error('no account was provided');
  return account;
}

/** Changes with the contract: another build's answer may have another shape. */
const shape = import.meta.env.VITE_CONTRACT;
const ends = new Set(['auth.required', 'auth.expired', 'auth.session_ended']);

/** `apiFor` makes the API of one household's log-in: with several pages open, each asks for the one it shows. */
export function createAccount(apiFor: (token: () => string | null) => Api, memory: Memory): Account {
  const { follow, beginAsking, recall, drop, ...shown } = createShown(memory);
  const { current, view, failure, ended } = shown;
  const plainApi = apiFor(() => current.value?.token ?? null);
  const card = ref<string | null>(null);
  const isAdding = ref(false);
  const isForgetful = ref(false);
  let isTold = false;

  function watch<T>(asked: KeptAccount | null, outcome: Outcome<T>): Outcome<T> {
    if (outcome.kind === 'problem' && ends.has(outcome.problem.code) && asked !== null) {
      drop(asked);
      void reload();
    }
    return outcome;
  }

  const api: Api = {
    call: async (id, ...input) => watch(current.value, await plainApi.call(id, ...input)),
  };

  async function open(body: BodyOf<'me.login'>): Promise<Failure | null> {
    const hear = beginAsking();
    const outcome = await plainApi.call('me.login', { body });
    if (outcome.kind !== 'answer') return outcome;
    const { token, view: opened } = outcome.data;
    for (const old of memory.accounts.filter(({ seen }) => isSameHousehold(seen, opened))) void leave(old);
    memory.keep({
      token,
      card: 'card' in body ? body.card : null,
      helper: body.helper ?? null,
      seen: seenIn(opened, Date.now()),
    });
    follow();
    hear(token, opened);
    card.value = null;
    isAdding.value = false;
    ended.value = null;
    isForgetful.value = memory.isShort && !isTold;
    isTold ||= memory.isShort;
    return null;
  }

  /** Takes an account off this phone; the server is told, but need not answer. */
  function leave({ token }: KeptAccount): Promise<unknown> {
    memory.forget(token);
    return apiFor(() => token).call('me.logout', { body: {}, timeoutMs: 3000 });
  }

  async function reload(): Promise<void> {
    const token = current.value?.token;
    if (token === undefined) return;
    const hear = beginAsking();
    const outcome = await api.call('me.view');
    // Another household may have been chosen in between.
    if (current.value?.token !== token) return;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind === 'answer') hear(token, outcome.data);
    else if (!recall()) await reload();
  }

  async function switchTo(token: string): Promise<void> {
    memory.choose(token);
    follow();
    ended.value = null;
    await reload();
  }

  return {
    api,
    isOpen: computed(() => current.value !== null && card.value === null && !isAdding.value),
    ...shown,
    card,
    isAdding,
    isForgetful,
    open,
    reload,
    switchTo,
    setGoal(goal) {
      if (view.value) view.value = { ...view.value, goal };
    },
    async forget() {
      if (!current.value) return;
      await leave(current.value);
      follow();
      await reload();
    },
    present(code) {
      const known = memory.accounts.find((account) => account.card === code);
      if (known) void switchTo(known.token);
      else card.value = code;
    },
  };
}

/** The households kept, the one looked at, and what was heard of it. */
function createShown(memory: Memory) {
  const kept = shallowRef(memory.accounts);
  const current = shallowRef(memory.current);
  const view = shallowRef<View | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const heardAtMs = ref(0);
  const wentBack = shallowRef<WentBack | null>(null);
  const ended: Account['ended'] = shallowRef(null);

  /** After the memory changed: another household may be looked at now. */
  function follow(): void {
    const before = current.value?.token;
    kept.value = memory.accounts;
    current.value = memory.current;
    if (current.value?.token === before) return;
    view.value = null;
    failure.value = null;
    wentBack.value = null;
  }

  function beginAsking(): (token: string, heard: View) => void {
    const hearBook = beginHearing(memory);
    return (token, heard) => {
      const nowMs = Date.now();
      memory.note(token, seenIn(heard, nowMs), { shape, view: heard });
      view.value = heard;
      heardAtMs.value = nowMs;
      follow();
      wentBack.value = hearBook({ ...heard, villageId: heard.village.id });
    };
  }

  /** The household's log-in has ended: it is on this phone no longer, and the next one is looked at. */
  function drop(account: KeptAccount): void {
    memory.forget(account.token);
    ended.value = { head: account.seen?.head ?? null };
    follow();
  }

  /** Nobody answers: what was seen last is shown, whenever that was. A helper's time ends all the same: false then. */
  function recall(): boolean {
    const account = current.value;
    if (account !== null && isOver(account, Date.now())) {
      drop(account);
      return false;
    }
    const { whole, seen } = account ?? {};
    if (view.value === null && whole?.shape === shape && seen) {
      view.value = whole.view;
      heardAtMs.value = seen.atMs;
    }
    return true;
  }

  function settle(): void {
    if (view.value) settleBook(memory, view.value.village.id);
    wentBack.value = null;
  }

  const shown = { kept, current, view, failure, heardAtMs, wentBack, ended };
  return { ...shown, follow, beginAsking, recall, drop, settle };
}

function isOver(account: KeptAccount, nowMs: number): boolean {
  const helper = account.whole?.view.helper;
  return helper ? helper.untilMs < nowMs : false;
}

function seenIn({ village, household, balance }: View, atMs: number): Seen {
  return { villageId: village.id, village: village.name, ...household, balance, atMs };
}

/** Opened again, a household takes the place it had: it is not listed twice. */
function isSameHousehold(seen: Seen | null, { village, household }: View): boolean {
  return seen !== null && seen.number === household.number && seen.villageId === village.id;
}
