import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../client/api/outcome.ts';
import { readProblem } from '../../../client/api/outcome.ts';
import { openDevice, type Device } from '../../../client/device/device.ts';
import type { Alarm } from '../../../client/device/time-limit.ts';
import { createDeviceIntents } from '../../../client/intent/intent-store.ts';
import { createIntents, type Screen } from '../../../client/intent/intents.ts';
import { newDevice } from '../../support/desk-scope.ts';
import { settled } from '../../support/hand-api.ts';

interface Content {
  readonly what: string;
  readonly isDraft?: boolean;
  readonly isSecret?: boolean;
}

const HOUR = 3_600_000;
const lost: Outcome<string> = { kind: 'unknown', reason: 'unreachable' };
const done: Outcome<string> = { kind: 'answer', data: 'done', filename: null };
const refused: Outcome<string> = {
  kind: 'problem',
  problem: readProblem(422, { code: 'goods.disabled', kind: 'refused', moved: 'no' }),
};

/** The intents of one page; `outcomes` is what its sendings meet, and each waits until it is asked for. */
function page(device: Device, outcomes: Outcome<string>[], nowMs = HOUR) {
  const sent: { what: string; key: string }[] = [];
  const arrived: string[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const intents = createIntents<Content, string>({
    store: createDeviceIntents(device),
    async send({ what }, key) {
      sent.push({ what, key });
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      return outcomes.shift() ?? done;
    },
    isKept: ({ isSecret }) => isSecret !== true,
    isAwaited: ({ isDraft, isSecret }) => isDraft === true || isSecret === true,
    arrived: ({ what }) => void arrived.push(what),
    attemptsMax: 1,
    wait: () => Promise.resolve(),
    now: () => nowMs,
  });
  intents.enter('me');
  return {
    ...{ intents, sent, arrived },
    hold: () => (isHeld = true),
    letGo: async () => {
      isHeld = false;
      for (const go of waiting.splice(0)) go();
      await settled();
    },
  };
}

/** A screen, and what it was told. */
function watcher() {
  const told: { what: string; wasLeft: boolean }[] = [];
  const screen: Screen<Content, string> = {
    booked: (_, { what }, wasLeft) => void told.push({ what, wasLeft }),
  };
  return { told, screen };
}

describe('the intents of a face', () => {
  it('gives each row its own: another row never sends under the key of the first, and loses nothing of it', async () => {
    const { intents, sent } = page(newDevice(), [lost, done, done]);
    const [rice, oil] = [intents.slotOf('stockIn', 'rice'), intents.slotOf('stockIn', 'oil')];
    await rice.intent.run({ what: '10 of rice' });
    expect(await oil.intent.run({ what: '3 of oil' })).toBe('done');
    expect(intents.slotOf('stockIn', 'rice').intent.unclear).toEqual({ what: '10 of rice' });
    await rice.intent.ask();
    expect(sent.map(({ what }) => what)).toEqual(['10 of rice', '3 of oil', '10 of rice']);
    expect(sent[2]?.key).toBe(sent[0]?.key);
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });

  it('asks by itself when the screen it belongs to is opened again, on this page and on the next', async () => {
    const device = newDevice();
    const first = page(device, [lost, lost, lost]);
    const slot = first.intents.slotOf('stockIn', 'rice');
    const hide = slot.show(watcher().screen);
    await slot.intent.run({ what: '10 of rice' });
    hide();
    slot.show(watcher().screen);
    await settled();
    expect(first.sent).toHaveLength(2);

    const next = page(device, [done]);
    const { told, screen } = watcher();
    next.intents.slotOf('stockIn', 'rice').show(screen);
    await settled();
    expect(next.sent).toEqual([first.sent[0]]);
    expect(told).toEqual([{ what: '10 of rice', wasLeft: true }]);
    expect(await createDeviceIntents(device).openOnes('me')).toEqual([]);
  });

  it('asks about what lay since yesterday only when somebody says so', async () => {
    const device = newDevice();
    await page(device, [lost]).intents.slotOf('stockIn', 'rice').intent.run({ what: '10 of rice' });
    const { intents, sent } = page(device, [done], 24 * HOUR);
    const slot = intents.slotOf('stockIn', 'rice');
    slot.show(watcher().screen);
    await settled();
    intents.askAll();
    await settled();
    expect(sent).toEqual([]);
    expect(slot.intent.unclear).toEqual({ what: '10 of rice' });
    expect(await slot.intent.ask()).toBe('done');
  });

  it('asks about everything that is unclear when the network is back', async () => {
    const { intents, sent, arrived } = page(newDevice(), [lost, lost]);
    await intents.slotOf('stockIn', 'rice').intent.run({ what: 'rice' });
    await intents.slotOf('reversal', '7').intent.run({ what: 'no. 7' });
    intents.askAll();
    await settled();
    expect(sent.map(({ what }) => what)).toEqual(['rice', 'no. 7', 'rice', 'no. 7']);
    expect(arrived).toEqual(['rice', 'no. 7']);
  });
});

describe('two pages of one person', () => {
  it('have one intent about one thing: what the other left unclear is asked about before anything else is sent', async () => {
    const device = newDevice();
    const [one, two] = [page(device, [lost]), page(device, [done])];
    const slots = [one, two].map(({ intents }) => intents.slotOf('award', ''));
    await settled();
    await slots[0]?.intent.run({ what: 'award' });
    const { told, screen } = watcher();
    slots[1]?.show(screen);
    await slots[1]?.intent.run({ what: 'the same award, sent from the other tab' });
    expect(two.sent).toEqual(one.sent);
    expect(told).toEqual([{ what: 'award', wasLeft: true }]);
  });
});

describe('what no screen shows', () => {
  it('is to be seen while it is unclear, and after a reload', async () => {
    const device = newDevice();
    const { intents } = page(device, [lost]);
    const slot = intents.slotOf('stockIn', 'rice');
    const hide = slot.show({});
    await slot.intent.run({ what: 'rice' });
    expect(intents.unseen.value).toEqual([]);
    hide();
    expect(intents.unseen.value).toEqual([slot]);

    const { intents: next, sent } = page(device, [], HOUR);
    await settled();
    expect(next.unseen.value.map(({ last }) => last?.what)).toEqual(['rice']);
    expect(sent).toEqual([]);
  });

  it('is to be seen when it was refused after the screen was left, until that was read', async () => {
    const { intents, hold, letGo } = page(newDevice(), [refused]);
    const slot = intents.slotOf('stockIn', 'rice');
    const hide = slot.show(watcher().screen);
    hold();
    const running = slot.intent.run({ what: 'rice' });
    await settled();
    hide();
    await letGo();
    await running;
    expect(intents.unseen.value).toEqual([slot]);
    slot.intent.reset();
    expect(intents.unseen.value).toEqual([]);
  });

  it('is not told elsewhere when its refusal was read', async () => {
    const { intents } = page(newDevice(), [refused]);
    const slot = intents.slotOf('stockIn', 'rice');
    const hide = slot.show(watcher().screen);
    await slot.intent.run({ what: 'rice' });
    hide();
    expect(intents.unseen.value).toEqual([]);
  });

  it('tells the screen whose draft it was when it is opened next, so that the draft is not sent again', async () => {
    const device = newDevice();
    const { intents, arrived } = page(device, [lost, done]);
    const slot = intents.slotOf('award', '');
    await slot.intent.run({ what: 'award', isDraft: true });
    await slot.intent.ask();
    expect(arrived).toEqual(['award']);

    const next = page(device, []);
    const { told, screen } = watcher();
    next.intents.slotOf('award', '').show(screen);
    await settled();
    expect([told, next.sent]).toEqual([[{ what: 'award', wasLeft: true }], []]);
    const again = watcher();
    page(device, []).intents.slotOf('award', '').show(again.screen);
    await settled();
    expect(again.told).toEqual([]);
  });

  it('keeps a password for the screen it was asked for on, and off the disk', async () => {
    const device = newDevice();
    const { intents } = page(device, [lost, done]);
    const slot = intents.slotOf('staff', '');
    await slot.intent.run({ what: 'staff', isSecret: true });
    expect(await createDeviceIntents(device).openOnes('me')).toEqual([]);
    await slot.intent.ask();
    expect(await createDeviceIntents(device).openOnes('me')).toEqual([]);
    const { told, screen } = watcher();
    slot.show(screen);
    await settled();
    expect(told).toEqual([{ what: 'staff', wasLeft: true }]);
  });
});

describe('a disk that does not answer', () => {
  it('10: holds up no sending for ever, and is told of while that is unclear', async () => {
    vi.stubGlobal('indexedDB', { open: () => new IDBOpenDBRequest() });
    const ringing: Alarm = (run) => {
      const timer = setTimeout(run, 1);
      return () => clearTimeout(timer);
    };
    const device = openDevice('deaf desk', ringing);
    const { intents } = page(device, [lost]);
    const slot = intents.slotOf('stockIn', 'rice');
    slot.show(watcher().screen);
    await slot.intent.opened;
    expect(await slot.intent.run({ what: 'rice' })).toBeNull();
    vi.unstubAllGlobals();
    expect([slot.intent.busy, slot.intent.isUnkept, slot.intent.unclear]).toEqual([
      false,
      true,
      { what: 'rice' },
    ]);
  });
});

describe('who sits there', () => {
  it('sees, asks and is told nothing of what another person sent', async () => {
    const device = newDevice();
    const { intents, sent } = page(device, [lost]);
    await intents.slotOf('stockIn', 'rice').intent.run({ what: 'rice' });
    intents.leave();
    intents.enter('another');
    await settled();
    expect(intents.unseen.value).toEqual([]);
    expect(intents.slotOf('stockIn', 'rice').intent.unclear).toBeNull();
    intents.askAll();
    await settled();
    expect(sent).toHaveLength(1);
    intents.enter('me');
    expect(intents.unseen.value.map(({ last }) => last?.what)).toEqual(['rice']);
  });

  it('sends nothing in the name of who came after', async () => {
    const { intents, sent, arrived, hold, letGo } = page(newDevice(), [lost, done]);
    const slot = intents.slotOf('stockIn', 'rice');
    hold();
    const running = slot.intent.run({ what: 'rice' });
    await settled();
    intents.enter('another');
    await letGo();
    await running;
    await slot.intent.ask();
    expect([sent.length, slot.intent.unclear, arrived]).toEqual([1, { what: 'rice' }, []]);
  });
});
