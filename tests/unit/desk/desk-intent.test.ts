import 'fake-indexeddb/auto';
import { nextTick, reactive, ref } from 'vue';
import { describe, expect, it } from 'vitest';
import { useDeskIntent } from '../../../client/desk/intents/useDeskIntent.ts';
import { newDevice, testDesk } from '../../support/desk-scope.ts';
import { handApi, settled } from '../../support/hand-api.ts';

/** The dialog that takes goods in, without its looks. */
function stockInDialog(start = 'rice') {
  const item = ref(start);
  const open = ref(true);
  const blank = () => ({ quantity: '', note: '' });
  const fields = reactive(blank());
  const booked: { stock: number; quantity: unknown; wasLeft: boolean }[] = [];
  let outdated = 0;
  const intent = useDeskIntent<'goods.stockIn'>({
    kind: 'goods.stockIn',
    about: item,
    open,
    words: () => `${item.value} ${fields.quantity}`,
    form: fields,
    blank,
    booked: ({ stock }, { call }, wasLeft) =>
      void booked.push({ stock, quantity: call.body.quantity, wasLeft }),
    outdated: () => void (outdated += 1),
  });
  return {
    ...{ item, open, fields, booked, intent },
    outdated: () => outdated,
    send: () =>
      intent.send('goods.stockIn', {
        params: { id: item.value },
        body: { quantity: Number(fields.quantity), totalCostFen: 0, source: 'bought', note: fields.note },
      }),
  };
}

describe('a dialog of the desk', () => {
  it('is told what became of what it sent', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    screen.fields.quantity = '10';
    const sending = screen.send();
    const call = await hand.latest('goods.stockIn');
    expect([call.body.quantity, screen.intent.busy]).toEqual([10, true]);
    await call.answer({ stock: 10, journalNumber: 1 });
    expect(await sending).toMatchObject({ stock: 10 });
    expect(screen.booked).toEqual([{ stock: 10, quantity: 10, wasLeft: false }]);
  });

  it('shows what was sent while nobody knows, whatever was typed since, and asks about that', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    const first = await hand.latest('goods.stockIn');
    screen.fields.quantity = '12';
    await first.lose();
    expect([screen.fields.quantity, screen.intent.unclear?.words]).toEqual(['10', 'rice 10']);
    expect(screen.intent.isBooking).toBe(true);
    // Closed and opened again.
    screen.intent.begin();
    expect(screen.fields.quantity).toBe('10');
    void screen.intent.ask();
    await settled();
    const again = hand.callsOf('goods.stockIn')[1];
    expect([again?.key, again?.body]).toEqual([first.key, first.body]);
    await again?.answer({ stock: 10 });
    expect(screen.booked).toEqual([{ stock: 10, quantity: 10, wasLeft: true }]);
  });

  it('begins empty for another row, which has a key of its own, and finds the first as it was', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    await (await hand.latest('goods.stockIn')).lose();
    screen.item.value = 'oil';
    screen.intent.begin();
    await nextTick();
    expect([screen.intent.unclear, screen.fields.quantity]).toEqual([null, '']);
    screen.fields.quantity = '3';
    void screen.send();
    await settled();
    const [rice, oil] = hand.callsOf('goods.stockIn');
    expect([oil?.body.quantity, oil?.key === rice?.key]).toEqual([3, false]);
    await oil?.answer({ stock: 3 });
    screen.item.value = 'rice';
    screen.intent.begin();
    await settled();
    expect([screen.intent.unclear?.words, screen.fields.quantity]).toEqual(['rice 10', '10']);
    expect(hand.callsOf('goods.stockIn')[2]?.key).toBe(rice?.key);
  });

  it('is emptied when the person begins anew, and sends that under another key', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    await (await hand.latest('goods.stockIn')).lose();
    await screen.intent.beginAnew();
    expect([screen.intent.unclear, screen.fields.quantity]).toEqual([null, '']);
    screen.fields.quantity = '4';
    void screen.send();
    await settled();
    const keys = hand.callsOf('goods.stockIn').map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('forgets a refusal and what was typed when it is opened afresh', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    await (await hand.latest('goods.stockIn')).refuse('goods.disabled');
    expect([screen.intent.failure?.kind, screen.fields.quantity]).toEqual(['problem', '10']);
    screen.intent.begin();
    expect([screen.intent.failure, screen.fields.quantity]).toEqual([null, '']);
  });

  it('is told to look again when an earlier sending had been booked', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    void screen.send();
    await (await hand.latest('goods.stockIn')).refuse('idempotency.conflict');
    expect([screen.outdated(), screen.intent.unclear]).toEqual([1, null]);
  });

  it('comes back after a reload as it was sent, for its own person alone', async () => {
    const device = newDevice();
    const before = handApi();
    const { screen } = testDesk({ api: before.api, device }).open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    const first = await before.latest('goods.stockIn');
    await first.lose();

    const others = handApi();
    const other = testDesk({ api: others.api, device, staffId: 'another' }).open(() => stockInDialog());
    await settled();
    expect([other.screen.intent.unclear, others.calls.length]).toEqual([null, 0]);

    const after = handApi();
    const next = testDesk({ api: after.api, device }).open(() => stockInDialog());
    const again = await after.latest('goods.stockIn');
    expect([again.key, again.body, next.screen.fields.quantity]).toEqual([first.key, first.body, '10']);
    await again.answer({ stock: 10 });
    expect(next.screen.booked).toEqual([{ stock: 10, quantity: 10, wasLeft: true }]);
  });

  it('does not show what it sent once it is closed: that stands above the page, and is asked about there', async () => {
    const hand = handApi();
    const { desk, open } = testDesk(hand);
    const { screen } = open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    await (await hand.latest('goods.stockIn')).lose();
    expect(desk.intents.unseen.value).toEqual([]);
    screen.open.value = false;
    const [above] = desk.intents.unseen.value;
    expect(above?.last?.words).toBe('rice 10');
    void above?.intent.ask();
    await settled();
    await hand.callsOf('goods.stockIn')[1]?.answer({ stock: 10 });
    expect([screen.booked, screen.outdated(), screen.intent.unclear]).toEqual([[], 1, null]);
  });

  it('asks by itself when it is opened again', async () => {
    const hand = handApi();
    const { screen } = testDesk(hand).open(() => stockInDialog());
    void screen.send();
    await (await hand.latest('goods.stockIn')).lose();
    screen.open.value = false;
    screen.open.value = true;
    await settled();
    expect(hand.callsOf('goods.stockIn')).toHaveLength(2);
  });

  it('does not hear of it any more when it is left: the desk says so instead', async () => {
    const hand = handApi();
    const { desk, open } = testDesk(hand);
    const { screen, leave } = open(() => stockInDialog());
    screen.fields.quantity = '10';
    void screen.send();
    const call = await hand.latest('goods.stockIn');
    leave();
    await call.answer({ stock: 10 });
    expect(screen.booked).toEqual([]);
    expect(desk.intents.arrived.value?.words).toBe('rice 10');
  });
});

describe('a password that was asked for', () => {
  it('is on no disk, is told above the page without it, and waits for its own dialog', async () => {
    const device = newDevice();
    const hand = handApi();
    const { desk, open } = testDesk({ api: hand.api, device });
    const seen: string[] = [];
    const dialog = () =>
      useDeskIntent<'staff.resetPassword'>({
        kind: 'staff.password',
        about: 's',
        words: () => 'reset Li',
        booked: ({ oneTimePassword }) => void seen.push(oneTimePassword),
      });
    const { screen, leave } = open(dialog);
    void screen.send('staff.resetPassword', { params: { id: 's' }, body: {} });
    const call = await hand.latest('staff.resetPassword');
    leave();
    await call.answer({ oneTimePassword: 'abcd-efgh' });
    expect([seen, desk.intents.unseen.value]).toEqual([[], []]);
    expect(desk.intents.arrived.value).toEqual({ kind: 'staff.password', words: 'reset Li', isSecret: true });
    const kept = await device.read(['intents'], (work) => work.objectStore('intents').getAll());
    expect(kept).toEqual([]);
    open(dialog);
    await settled();
    expect(seen).toEqual(['abcd-efgh']);
  });
});

describe('what was asked for in a dialog that was closed', () => {
  it('13: is told above the page while it is unclear, also where its answer would hold a PIN', async () => {
    const hand = handApi();
    const { desk, open } = testDesk(hand);
    const { screen, leave } = open(() =>
      useDeskIntent<'volunteers.update'>({ kind: 'volunteer', about: 'v', words: () => 'disable Li' }),
    );
    void screen.send('volunteers.update', { params: { id: 'v' }, body: { disabled: true } });
    await (await hand.latest('volunteers.update')).lose();
    leave();
    expect(desk.intents.unseen.value.map(({ last }) => last?.words)).toEqual(['disable Li']);
  });

  it('13: is told above the page when it was refused', async () => {
    const hand = handApi();
    const { desk, open } = testDesk(hand);
    const { screen, leave } = open(() =>
      useDeskIntent<'kiosks.create'>({ kind: 'kiosk', about: 'create', words: () => 'a kiosk' }),
    );
    void screen.send('kiosks.create', { body: { name: 'a' } });
    const call = await hand.latest('kiosks.create');
    leave();
    await call.refuse('kiosk.name_taken');
    const [above] = desk.intents.unseen.value;
    expect([above?.last?.words, above?.intent.failure?.kind]).toEqual(['a kiosk', 'problem']);
  });
});
