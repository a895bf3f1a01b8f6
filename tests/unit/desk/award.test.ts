import { NO_WORDS } from '../../../shared/rules/caps.ts';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { useAward } from '../../../client/desk/award/useAward.ts';
import { openPhotoShelf } from '../../../client/desk/pictures/photo-store.ts';
import { tableOf } from '../../../client/device/device-table.ts';
import type { Device } from '../../../client/device/device.ts';
import { newDevice, testDesk } from '../../support/desk-scope.ts';
import { handApi, settled, type HandApi } from '../../support/hand-api.ts';

const TODAY = '2026-05-03';
const rule = {
  id: 'r',
  code: 'A1',
  title: '清沟',
  enabled: true,
  pointsMode: 'fixed',
  points: 500,
  caps: [],
};
const household = (id: string) => ({ id, number: id, head: `户主${id}`, group: '' });

/** The award page of one person, with its rules there. */
async function page(hand: HandApi, device: Device = newDevice(), staffId = 's', today = ref(TODAY)) {
  const { desk, open } = testDesk({ api: hand.api, device, staffId });
  const { screen, leave } = open(() => useAward(desk, today, ({ name }) => name ?? 'many'));
  await (await hand.latest('rules.list')).answer({ items: [rule] });
  await screen.opened;
  return { ...screen, desk, device, leave };
}

type Page = Awaited<ReturnType<typeof page>>;

async function write({ draft }: Page, ...ids: string[]): Promise<void> {
  Object.assign(draft, { ruleId: 'r', note: '雨后 ', households: ids.map(household) });
  await nextTick();
}

describe('a deed as it is written down', () => {
  beforeEach(() => vi.stubGlobal('window', new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  it('is complete with a rule, its figure and a household, and is sent directly where that is the commonest case', async () => {
    const award = await page(handApi());
    expect(award.isComplete.value).toBe(false);
    await write(award, '001');
    expect([award.isComplete.value, award.isDirect.value, award.points.value]).toEqual([true, true, 500]);
    award.draft.effectiveOn = '2026-05-04';
    expect(award.isComplete.value).toBe(false);
    await write(award, '001', '002');
    expect(award.isDirect.value).toBe(false);
  });

  it('begins with the new day if nobody has begun it before midnight', async () => {
    const today = ref(TODAY);
    const award = await page(handApi(), newDevice(), 's', today);
    today.value = '2026-05-04';
    await nextTick();
    expect(award.draft.effectiveOn).toBe('2026-05-04');
    await write(award, '001');
    today.value = '2026-05-05';
    await nextTick();
    expect(award.draft.effectiveOn).toBe('2026-05-04');
  });

  it('is sent whole, and its draft is done with when it arrived', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001');
    const sending = award.send();
    const call = await hand.latest('proposals.create');
    expect(call.body).toEqual({
      ...{ ruleId: 'r', householdIds: ['001'], note: '雨后', effectiveOn: TODAY, pictureIds: [] },
    });
    await call.answer({ ids: ['p1'] });
    expect([await sending, award.sent.value]).toEqual([
      true,
      { ids: ['p1'], points: 500, name: '001 户主001', wasLost: false, option: null, ...NO_WORDS },
    ]);
    const next = await page(handApi(), award.device);
    expect([next.draft.ruleId, next.wasKept.value]).toEqual([null, false]);
  });

  it('stands as it was sent while nobody knows, also after a reload, and is asked about under its own key', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001', '002');
    void award.send();
    const first = await hand.latest('proposals.create');
    await first.lose();
    expect([award.intent.unclear === null, award.shown.households, award.shown.points]).toEqual([
      ...[false, 2, 1000],
    ]);
    // Later typing does not change the sending.
    await write(award, '003');
    void award.send();
    await settled();
    expect(hand.callsOf('proposals.create')[1]?.body).toEqual(first.body);
    award.leave();

    const later = handApi();
    const next = await page(later, award.device);
    const again = await later.latest('proposals.create');
    expect([again.key, again.body, next.shown.rule]).toEqual([first.key, first.body, 'A1 清沟']);
    await again.answer({ ids: ['p1', 'p2'] });
    expect(next.sent.value).toEqual({
      ids: ['p1', 'p2'],
      points: 1000,
      name: null,
      wasLost: true,
      option: null,
      ...NO_WORDS,
    });
    expect((await page(handApi(), award.device)).wasKept.value).toBe(false);
  });

  it('that arrived after its page was left is told by the next page, and its draft is not sent again', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001');
    void award.send();
    const call = await hand.latest('proposals.create');
    award.leave();
    await call.answer({ ids: ['p1'] });
    const later = handApi();
    const next = await page(later, award.device);
    await settled();
    expect(next.sent.value).toMatchObject({ ids: ['p1'], wasLost: true, ...NO_WORDS });
    expect(later.callsOf('proposals.create')).toEqual([]);
  });

  it('may be put right after a refusal, and keeps its key then', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001');
    const sending = award.send();
    await (await hand.latest('proposals.create')).refuse('household.closed');
    expect([await sending, award.intent.failure?.kind]).toEqual([false, 'problem']);
    await write(award, '002');
    void award.send();
    await settled();
    const [first, second] = hand.callsOf('proposals.create');
    expect([second?.body.householdIds, second?.key]).toEqual([['002'], first?.key]);
  });

  it('M5: open in two windows is sent under one key, and begins with another once it was booked', async () => {
    const [one, two] = [handApi(), handApi()];
    const first = await page(one);
    await write(first, '001');
    await settled();
    const second = await page(two, first.device);
    void first.send();
    await (await one.latest('proposals.create')).answer({ ids: ['p1'] });
    void second.send();
    const again = await two.latest('proposals.create');
    expect(again.key).toBe(one.callsOf('proposals.create')[0]?.key);
    await again.answer({ ids: ['p1'] });
    await second.startAfresh();
    await write(second, '001');
    void second.send();
    await settled();
    expect(two.callsOf('proposals.create')[1]?.key).not.toBe(again.key);
  });

  it('is kept as a draft for its own person, until it is begun afresh', async () => {
    const award = await page(handApi());
    await write(award, '001');
    await settled();
    award.leave();
    const next = await page(handApi(), award.device);
    expect([next.draft.note, next.wasKept.value]).toEqual(['雨后 ', true]);
    expect((await page(handApi(), award.device, 'another')).wasKept.value).toBe(false);
    await next.startAfresh({ ruleId: 'r' });
    expect([next.draft.ruleId, next.draft.households, next.wasKept.value]).toEqual(['r', [], false]);
  });

  it('is not written over by a page that was left', async () => {
    const old = await page(handApi());
    await write(old, '001');
    old.leave();
    const next = await page(handApi(), old.device);
    await write(next, '002');
    await settled();
    old.draft.note = 'late';
    await settled();
    expect((await page(handApi(), old.device)).draft.households).toMatchObject([{ id: '002' }]);
  });

  it('waits for photos that could not be sent, until somebody says otherwise', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001');
    void award.photos.restore([{ key: 'k', id: 'p9' }]);
    await (await hand.latest('pictures.get')).answer(new Blob(['x']));
    void award.send();
    const call = await hand.latest('proposals.create');
    expect(call.body.pictureIds).toEqual(['p9']);
  });

  it('is not sent when it was changed, or given up, while its photos were on their way', async () => {
    const hand = handApi();
    const award = await page(hand);
    await write(award, '001');
    await openPhotoShelf(tableOf(award.device, 'photos')).put('k', new Blob(['x']));
    void award.photos.restore([{ key: 'k', id: null }]);
    const photo = await hand.latest('pictures.add');
    const sendings = [award.send(), award.send({ isWanted: () => false })];
    await write(award, '001', '002');
    await photo.answer({ id: 'p9' });
    expect(hand.callsOf('proposals.create')).toEqual([]);
    expect(await Promise.all(sendings)).toEqual([false, false]);
    void award.send();
    const call = await hand.latest('proposals.create');
    expect(call.body).toMatchObject({ householdIds: ['001', '002'], pictureIds: ['p9'] });
  });
});
