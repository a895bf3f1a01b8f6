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
import type { Memory } from '../memory.ts';

export type View = AnswerOf<'me.view'>;
export type Line = View['lines'][number];

/** The household whose account is open on this phone. */
export interface Account {
  readonly api: Api;
  readonly isOpen: ComputedRef<boolean>;
  readonly view: Readonly<ShallowRef<View | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Why the account is closed again: the log-in ended or was ended elsewhere. */
  readonly ended: ShallowRef<Failure | null>;
  /** The card whose QR opened the page, while its PIN is still to be typed. */
  readonly card: Ref<string | null>;
  readonly isLoadingMore: Readonly<Ref<boolean>>;
  readonly open: (body: BodyOf<'me.login'>) => Promise<Failure | null>;
  readonly reload: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  /** Forgets this phone; the server is told, but need not answer. */
  readonly forget: () => Promise<void>;
  /** A card's QR was opened: its own account stays open, another's PIN is asked for. */
  readonly present: (card: string) => void;
}

export const accountKey: InjectionKey<Account> = Symbol('account');

export function useAccount(): Account {
  const account = inject(accountKey);
  if (!account) throw new Error('no account was provided');
  return account;
}

const ends = new Set(['auth.required', 'auth.expired', 'auth.session_ended']);

export function createAccount(plainApi: Api, memory: Memory): Account {
  const token = ref(memory.account?.token ?? null);
  const card = ref<string | null>(null);
  const view = shallowRef<View | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const ended = shallowRef<Failure | null>(null);
  const isLoadingMore = ref(false);

  function close(): void {
    memory.forgetAccount();
    token.value = null;
    view.value = null;
    failure.value = null;
  }

  function watch<T>(outcome: Outcome<T>): Outcome<T> {
    if (outcome.kind === 'problem' && ends.has(outcome.problem.code) && token.value !== null) {
      close();
      ended.value = outcome;
    }
    return outcome;
  }

  const api: Api = { call: async (id, ...input) => watch(await plainApi.call(id, ...input)) };

  async function open(body: BodyOf<'me.login'>): Promise<Failure | null> {
    const outcome = await plainApi.call('me.login', { body });
    if (outcome.kind !== 'answer') return outcome;
    memory.keepAccount(outcome.data.token, 'card' in body ? body.card : null);
    token.value = outcome.data.token;
    view.value = outcome.data.view;
    card.value = null;
    ended.value = null;
    return null;
  }

  async function reload(): Promise<void> {
    const outcome = await api.call('me.view');
    failure.value = outcome.kind === 'answer' ? null : outcome;
    // Nothing new: earlier lines that were fetched stay in view.
    if (outcome.kind === 'answer' && !isSame(outcome.data, view.value)) view.value = outcome.data;
  }

  async function loadMore(): Promise<void> {
    const before = view.value?.next;
    if (before === null || before === undefined || isLoadingMore.value) return;
    isLoadingMore.value = true;
    const outcome = await api.call('me.passbook', { query: { before, limit: 20 } });
    isLoadingMore.value = false;
    // A fresh view may have come in between: then these lines are not the next ones.
    if (view.value?.next !== before) return;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    const { items, next } = outcome.data;
    view.value = { ...view.value, lines: [...view.value.lines, ...items], next };
  }

  return {
    api,
    isOpen: computed(() => token.value !== null && card.value === null),
    view,
    failure,
    ended,
    card,
    isLoadingMore,
    open,
    reload,
    loadMore,
    async forget() {
      const told = plainApi.call('me.logout', { body: {} });
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 3000))]);
      close();
    },
    present(code) {
      if (memory.account?.card !== code) card.value = code;
    },
  };
}

/** The book only ever grows: with the same newest line nothing has changed. */
function isSame(fresh: View, shown: View | null): boolean {
  return shown !== null && fresh.lines[0]?.number === shown.lines[0]?.number && fresh.held === shown.held;
}
