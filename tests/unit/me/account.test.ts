import { describe, expect, it } from 'vitest';
import { createAccount, type View } from '../../../client/me/composables/useAccount.ts';
import { createDisk, createMemory, type KeptAccount } from '../../../client/me/memory.ts';
import { handApi, settled } from '../../support/hand-api.ts';

/** A phone with these households on it, and the server it asks; each call is noted with the token it came with. */
function phone(...tokens: string[]) {
  const items = new Map<string, string>();
  const memory = createMemory(
    createDisk(() => ({
      getItem: (name) => items.get(name) ?? null,
      setItem: (name, value) => void items.set(name, value),
      removeItem: (name) => void items.delete(name),
    })),
  );
  for (const token of tokens) memory.keep(kept(token));
  if (tokens[0] !== undefined) memory.choose(tokens[0]);
  const hand = handApi();
  const asked: string[] = [];
  const account = createAccount(
    (token) => ({
      call: (id, ...input) => {
        asked.push(`${id} ${String(token())}`);
        return hand.api.call(id, ...input);
      },
    }),
    memory,
  );
  return { account, memory, hand, asked };
}

const kept = (token: string): KeptAccount => ({ token, card: `card ${token}`, helper: null, seen: null });
const view = (head: string, balance = 100) =>
  ({
    village: { id: 'v', name: '柳林村' },
    household: { number: head, head, group: '' },
    balance,
    goal: null,
  }) as unknown as View;

describe('the households on this phone', () => {
  it('are looked at one at a time; what comes late about another changes nothing', async () => {
    const { account, hand } = phone('a', 'b');
    void account.reload();
    const ofA = hand.calls[0];
    void account.switchTo('b');
    await hand.calls[1]?.answer(view('B'));
    await ofA?.answer(view('A'));
    expect([account.view.value?.household.head, account.current.value?.token]).toEqual(['B', 'b']);
  });

  it('keep what was heard last when nobody answers, and say so', async () => {
    const { account, hand } = phone('a');
    void account.reload();
    await hand.calls[0]?.answer(view('A'));
    void account.reload();
    await hand.calls[1]?.lose();
    expect([account.view.value?.balance, account.failure.value?.kind]).toEqual([100, 'unknown']);
    void account.reload();
    await hand.calls[2]?.answer(view('A', 90));
    expect([account.view.value?.balance, account.failure.value]).toEqual([90, null]);
    expect(account.current.value?.seen?.balance).toBe(90);
  });

  describe('in a page that was opened without the server', () => {
    const seen = { villageId: 'v', village: '', group: '', number: 'A', head: 'A', balance: 70, atMs: 5 };
    const shape = import.meta.env.VITE_CONTRACT;

    it('show what was seen last, and when; what is heard later takes its place', async () => {
      const { account, memory, hand } = phone('a');
      memory.note('a', seen, { shape, view: view('A', 70) });
      void account.switchTo('a');
      expect(account.view.value).toBeNull();
      await hand.calls[0]?.lose();
      expect([account.view.value?.balance, account.heardAtMs.value, account.failure.value?.kind]).toEqual([
        ...[70, 5, 'unknown'],
      ]);
      void account.reload();
      await hand.calls[1]?.answer(view('A', 90));
      expect([account.view.value?.balance, account.failure.value]).toEqual([90, null]);
      expect(memory.current?.whole?.view.balance).toBe(90);
    });

    it('show nothing of another build, whose answers have another shape', async () => {
      const { account, memory, hand } = phone('a');
      memory.note('a', seen, { shape: 'another', view: view('A', 70) });
      void account.switchTo('a');
      await hand.calls[0]?.lose();
      expect([account.view.value, account.current.value?.seen?.balance]).toEqual([null, 70]);
    });

    it('never show another household’s', async () => {
      const { account, memory, hand } = phone('a', 'b');
      memory.note('a', seen, { shape, view: view('A', 70) });
      void account.switchTo('b');
      await hand.calls[0]?.lose();
      expect(account.view.value).toBeNull();
      void account.switchTo('a');
      await hand.calls[1]?.lose();
      expect(account.view.value?.household.head).toBe('A');
      const leaving = account.forget();
      await hand.calls[2]?.lose();
      await settled();
      await hand.calls[3]?.lose();
      await leaving;
      expect([account.current.value?.token, account.view.value]).toEqual(['b', null]);
      expect(JSON.stringify(memory.accounts)).not.toContain('"head":"A"');
    });

    it('go off a helper’s phone when the help is over, though nobody says so', async () => {
      const { account, memory, hand } = phone('a');
      const helped = (untilMs: number) => ({ ...view('A'), helper: { name: '李大嫂', untilMs } }) as View;
      memory.note('a', seen, { shape, view: helped(Date.now() + 60_000) });
      void account.switchTo('a');
      await hand.calls[0]?.lose();
      expect(account.isOpen.value).toBe(true);
      memory.note('a', seen, { shape, view: helped(Date.now() - 1) });
      void account.switchTo('a');
      await hand.calls[1]?.lose();
      expect([account.isOpen.value, memory.accounts, account.view.value]).toEqual([false, [], null]);
      expect(account.ended.value).toEqual({ head: 'A' });
    });
  });

  it('go off this phone when their log-in has ended, and the next one is looked at', async () => {
    const { account, memory, hand, asked } = phone('a', 'b');
    void account.reload();
    await hand.calls[0]?.refuse('auth.session_ended');
    expect([account.current.value?.token, memory.accounts.length]).toEqual(['b', 1]);
    expect(account.ended.value).toEqual({ head: null });
    expect(asked).toEqual(['me.view a', 'me.view b']);
  });

  it('stay when only this question was refused', async () => {
    const { account, hand } = phone('a');
    void account.reload();
    await hand.calls[0]?.refuse('server.busy', 'retry');
    expect([account.isOpen.value, account.ended.value]).toEqual([true, null]);
  });

  it('are opened with a card, shown at once, and not listed twice', async () => {
    const { account, memory, hand, asked } = phone('old');
    const seen = { villageId: 'v', village: '', group: '', number: 'A', head: 'A', balance: 0, atMs: 0 };
    memory.note('old', seen, { shape: '', view: view('A') });
    account.present('another card');
    expect([account.isOpen.value, account.card.value]).toEqual([false, 'another card']);
    const opening = account.open({ card: 'another card', pin: '123456' });
    await hand.calls[0]?.answer({ token: 'new', view: view('A') });
    expect(await opening).toBeNull();
    expect(memory.accounts.map(({ token }) => token)).toEqual(['new']);
    expect([account.isOpen.value, account.card.value, account.view.value?.household.head]).toEqual([
      ...[true, null, 'A'],
    ]);
    expect(asked).toContain('me.logout old');
  });

  it('say why a card was not opened', async () => {
    const { account, hand } = phone();
    const opening = account.open({ card: 'x', pin: '0' });
    await hand.calls[0]?.refuse('auth.wrong');
    expect((await opening)?.kind).toBe('problem');
    expect(account.isOpen.value).toBe(false);
  });

  it('are shown again without a PIN when a card is presented that opened one of them', async () => {
    const { account, asked } = phone('a', 'b');
    account.present('card b');
    await settled();
    expect([account.current.value?.token, account.card.value, asked]).toEqual(['b', null, ['me.view b']]);
  });

  it('are forgotten even where the server does not answer', async () => {
    const { account, memory, hand, asked } = phone('a', 'b');
    const forgetting = account.forget();
    expect(memory.accounts.map(({ token }) => token)).toEqual(['b']);
    await hand.calls[0]?.lose();
    await hand.calls[1]?.answer(view('B'));
    await forgetting;
    expect([asked, account.view.value?.household.head]).toEqual([['me.logout a', 'me.view b'], 'B']);
  });

  it('show what was chosen to save for', async () => {
    const { account, hand } = phone('a');
    account.setGoal({ goodsId: 'g' } as never);
    expect(account.view.value).toBeNull();
    void account.reload();
    await hand.calls[0]?.answer(view('A'));
    account.setGoal({ goodsId: 'g' } as never);
    expect(account.view.value?.goal).toEqual({ goodsId: 'g' });
  });
});
