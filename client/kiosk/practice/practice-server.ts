import type { Answer } from '../../../shared/operation.ts';
import type { Operations } from '../../../shared/contract.ts';
import { maskName } from '../../../shared/mask-name.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { AnswerOf, Api, BodyOf, Outcome } from '../../api/index.ts';
import type { Redemption } from '../counter/state.ts';
import { createPracticeBook } from './practice-book.ts';
import { asHousehold, PRACTICE_PIN, type PracticeHousehold, practicePinAbove } from './practice-shop.ts';

/** The words of the practice till in the language of the screen. */
export interface PracticeWords {
  readonly group: string;
  readonly unknown: { readonly title: string; readonly detail: string };
  readonly wrongPin: { readonly title: string; readonly detail: string };
  readonly refused: { readonly title: string; readonly detail: string };
}

interface PracticeServerParts {
  readonly village: AnswerOf<'kiosk.state'>['village'];
  readonly kioskName: string;
  readonly volunteer: string;
  readonly goods: readonly GoodsItem[];
  readonly households: readonly PracticeHousehold[];
  readonly now: () => number;
  readonly words: () => PracticeWords;
}

type Answers = {
  readonly [Id in Practised]: (input: { body: BodyOf<Id>; key: string; id: string }) => Outcome<AnswerOf<Id>>;
};
type Practised = (typeof PRACTISED)[number];

const PRACTISED = [
  'kiosk.state',
  'kiosk.signOut',
  'kiosk.goods',
  'kiosk.lookup',
  'kiosk.find',
  'kiosk.checkPin',
  'kiosk.statement',
  'kiosk.redeem',
  'kiosk.undo',
  'kiosk.recent',
] as const;

/**
 * Stands in for the server while somebody practises: it answers the counter out of memory, books nothing, sends
 * nothing, and knows nobody. It is gone when the practice ends.
 */
export function createPracticeServer(parts: PracticeServerParts): Api {
  const answers = answersOf(parts);
  const isPractised = (id: string): id is Practised => (PRACTISED as readonly string[]).includes(id);
  const call = (id: string, input: { body?: unknown; key?: string; params?: { id?: string } } = {}) => {
    const { refused } = parts.words();
    if (!isPractised(id)) return Promise.resolve(refusal('practice', refused));
    const answer = answers[id] as (input: unknown) => Outcome<unknown>;
    return Promise.resolve(answer({ body: input.body, key: input.key, id: input.params?.id }));
  };
  return { call: call as Api['call'] };
}

function answersOf(parts: PracticeServerParts): Answers {
  const { households, goods, now, words, volunteer } = parts;
  const book = createPracticeBook({ households, goods, now, volunteer });
  const startedAtMs = now();
  const pinAbove = practicePinAbove(goods);
  const unknown = () => refusal('household.not_found', words().unknown);

  function lookUp(body: BodyOf<'kiosk.lookup'>): Outcome<AnswerOf<'kiosk.lookup'>> {
    const isCard = 'card' in body;
    const one = isCard
      ? households.find(({ card }) => card === body.card)
      : byNumber(households, body.number);
    if (!one) return unknown();
    const how = isCard ? ('card' as const) : ('number' as const);
    const presence = { token: 'practice', how, expiresAtMs: now() + 15 * 60_000 };
    const at = { group: words().group, pinAbove, redeemedToday: book.spentBy(one.id), presence };
    return answer({ ...asHousehold(one, at), remaining: book.remaining(one.id) });
  }

  function whose(body: BodyOf<'kiosk.statement'>): PracticeHousehold | undefined {
    if ('card' in body) return households.find(({ card }) => card === body.card);
    if ('householdId' in body) return households.find(({ id }) => id === body.householdId);
    return body.pin === PRACTICE_PIN ? byNumber(households, body.number) : undefined;
  }

  const booked = (redemption: Redemption | null): Outcome<Redemption> =>
    redemption === null ? refusal('practice', words().refused) : answer(redemption);

  return {
    'kiosk.state': () => answer(stateOf(parts, { startedAtMs, ...book.sums() })),
    'kiosk.signOut': () => answer({ ok: true }),
    'kiosk.goods': () => answer({ items: book.goods() }),
    'kiosk.lookup': ({ body }) => lookUp(body),
    'kiosk.find': ({ body }) => answer({ items: found(households, body.name, words().group), more: false }),
    'kiosk.checkPin': ({ body }) =>
      body.pin === PRACTICE_PIN
        ? answer({ proof: 'practice', expiresAtMs: now() + 5 * 60_000 })
        : refusal('auth.wrong', words().wrongPin),
    'kiosk.statement': ({ body }) => {
      const one = whose(body);
      if (!one) return unknown();
      return answer({
        household: { id: one.id, number: one.number, head: maskName(one.head), group: words().group },
        balance: one.balance,
        held: 0,
        lines: book.linesOf(one.id),
        atMs: now(),
        printToken: '',
      });
    },
    'kiosk.redeem': ({ body, key }) => booked(book.redeem(key, body)),
    'kiosk.undo': ({ id }) => booked(book.undo(id)),
    'kiosk.recent': () => answer({ items: book.recent() }),
  };
}

type Shift = NonNullable<Answer<Operations['kiosk.state']>['shift']>;

function stateOf(
  { village, kioskName, volunteer, now }: PracticeServerParts,
  sums: Omit<Shift, 'id' | 'volunteer' | 'volunteerId' | 'today'>,
): AnswerOf<'kiosk.state'> {
  const { redemptions, points } = sums;
  return {
    kiosk: { id: 'practice', name: kioskName, state: 'paired', pairedAtMs: null, lastSeenAtMs: null },
    village,
    volunteers: [],
    shift: { id: 'practice', volunteer, volunteerId: 'practice', ...sums, today: { redemptions, points } },
    opensAt: { plain: null, secure: null },
    nowMs: now(),
  };
}

function byNumber(households: readonly PracticeHousehold[], number: string): PracticeHousehold | undefined {
  return households.find((one) => one.number === number.trim());
}

function found(households: readonly PracticeHousehold[], name: string, group: string) {
  const wanted = name.trim().toUpperCase();
  return households
    .filter(({ head, initials }) => head.includes(name.trim()) || initials.startsWith(wanted))
    .map(({ id, number, head }) => ({ id, number, head: maskName(head), group }));
}

function answer<T>(data: T): Outcome<T> {
  return { kind: 'answer', data, filename: null };
}

function refusal(code: string, { title, detail }: { title: string; detail: string }): Outcome<never> {
  const problem = { status: 422, code, kind: 'refused', moved: 'no', title, detail } as const;
  return { kind: 'problem', problem: { ...problem, params: {}, fields: {} } };
}
