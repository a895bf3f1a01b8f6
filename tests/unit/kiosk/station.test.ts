import { describe, expect, it, vi } from 'vitest';
import { createStation } from '../../../client/kiosk/composables/useStation.ts';
import type { ShiftAlone } from '../../../client/kiosk/shift-alone.ts';
import { emptyFigures, type LocalShift } from '../../../client/kiosk/shift-figures.ts';
import { answer, lost, problem, shiftOver } from './counter/shop-of-three.ts';
import { askedServer, memoryOf } from './fake-counter.ts';

const VILLAGE = { id: 'x', name: '村', withoutNetwork: { householdHundredths: 2000, kioskHundredths: 5000 } };
const VOLUNTEERS = [{ id: 'v', name: '张志愿' }];
const SERVERS = { id: 'i', volunteerId: 'v', volunteer: '张志愿' };
const stateOf = (shift: object | null) => ({
  village: VILLAGE,
  kiosk: { id: 'k' },
  volunteers: VOLUNTEERS,
  shift,
});
const LOCAL: LocalShift = { id: 'l', volunteerId: 'v', volunteer: '张志愿', startedAtMs: 1_000_000 };

interface Kept {
  readonly stored?: Record<string, string>;
  readonly own?: Partial<ShiftAlone> | null;
}

/** A paired device; its server is the test, and what it does without the server is given. */
function station({ stored: kept = {}, own = {} }: Kept = {}) {
  const server = askedServer();
  const names = Object.entries(kept).map(([name, value]) => [`jishan.kiosk.${name}`, value] as const);
  const stored = new Map<string, string>([['jishan.kiosk.device', 'd'], ...names]);
  const memory = memoryOf(stored);
  const alone: ShiftAlone = {
    note: () => Promise.resolve(),
    begin: vi.fn(() => Promise.resolve(LOCAL)),
    check: vi.fn(() => Promise.resolve(null)),
    end: vi.fn(() => Promise.resolve(true)),
    figures: (shift) => ({ ...shift, redemptions: shift.redemptions + 1 }),
    ...own,
  };
  const made = createStation({
    ...{ plainApi: server.plainApi, memory, now: () => 1_000_000 },
    alone: () => (own === null ? null : alone),
  });
  return { ...server, station: made, memory, stored, alone };
}

/** On duty in a shift that was begun here, without network. */
async function onLocalDuty(own: Kept['own'] = {}) {
  const all = station({ own });
  void all.station.check();
  await all.reply('kiosk.state', answer(stateOf(null)));
  void all.station.check();
  await all.reply('kiosk.state', lost);
  const signingIn = all.station.signIn('v', '482915');
  await all.reply('kiosk.state', lost);
  expect(await signingIn).toBeNull();
  return all;
}

describe('a shift that is begun without the server', () => {
  it('is on duty under its own id, with its own figures, and outlives a reload', async () => {
    const { station: made, memory, alone, stored } = await onLocalDuty();
    expect(alone.begin).toHaveBeenCalledWith('v', '482915');
    expect([made.stage.value, made.isLocalShift.value, made.shiftId(), memory.shift]).toEqual([
      'open',
      true,
      'l',
      null,
    ]);
    expect(made.state.value?.shift).toEqual({ ...emptyFigures(LOCAL), redemptions: 1 });
    const kept = Object.fromEntries(
      [...stored].map(([name, value]) => [name.replace('jishan.kiosk.', ''), value]),
    );
    const after = station({ stored: kept });
    void after.station.check();
    await after.reply('kiosk.state', lost);
    expect([after.station.stage.value, after.station.shiftId()]).toEqual(['open', 'l']);
  });

  it.each(['wrong', 'wait', 'notKept', 'unchecked'] as const)(
    'does not begin where this device says %s',
    async (no) => {
      const { station: made, reply } = station({ own: { begin: () => Promise.resolve(no) } });
      void made.check();
      await reply('kiosk.state', answer(stateOf(null)));
      const signingIn = made.signIn('v', '482915');
      await reply('kiosk.signIn', lost);
      expect([await signingIn, made.stage.value, made.isSigningIn.value]).toEqual([no, 'signing_in', false]);
    },
  );

  it('is not begun where the server says no, nor on a device that does nothing without it', async () => {
    const refusedBy = station();
    void refusedBy.station.check();
    await refusedBy.reply('kiosk.state', answer(stateOf(null)));
    const wrong = problem('auth.wrong');
    const signingIn = refusedBy.station.signIn('v', '000001');
    await refusedBy.reply('kiosk.signIn', wrong);
    expect([await signingIn, refusedBy.station.stage.value]).toEqual([wrong, 'signing_in']);
    expect(refusedBy.alone.begin).not.toHaveBeenCalled();
    const plain = station({ own: null });
    void plain.station.check();
    await plain.reply('kiosk.state', answer(stateOf(null)));
    const alone = plain.station.signIn('v', '482915');
    await plain.reply('kiosk.signIn', lost);
    expect([await alone, plain.station.stage.value]).toEqual([lost, 'signing_in']);
  });

  it('is not ended by a server that knows of none, and ends with the device', async () => {
    const { station: made, reply, memory } = await onLocalDuty();
    void made.check();
    await reply('kiosk.state', answer(stateOf(null)));
    expect([made.stage.value, made.shiftId()]).toEqual(['open', 'l']);
    void made.check();
    await reply('kiosk.state', problem('kiosk.revoked'));
    expect([made.stage.value, memory.localShift, memory.lastState, memory.rowKey]).toEqual([
      'pairing',
      null,
      null,
      null,
    ]);
  });

  it('ends once when the network is back, which is told until somebody signs in', async () => {
    const { station: made, alone, reply } = await onLocalDuty();
    await Promise.all([made.endLocalShift(), made.endLocalShift()]);
    expect(alone.end).toHaveBeenCalledTimes(1);
    expect([made.stage.value, made.isNetworkBack.value, made.isLocalShift.value]).toEqual([
      'signing_in',
      true,
      false,
    ]);
    void made.check();
    await reply('kiosk.state', answer(stateOf(null)));
    const signingIn = made.signIn('v', '482915');
    await reply('kiosk.signIn', answer({ shiftToken: 's', shiftId: 'i' }));
    await reply('kiosk.state', answer(stateOf(SERVERS)));
    expect([await signingIn, made.isNetworkBack.value, made.shiftId()]).toEqual([null, false, 'i']);
  });

  it('ends by this device’s clock, once its row is on the disk', async () => {
    const { station: made, alone, memory } = await onLocalDuty();
    expect(await made.endShiftHere()).toBe(true);
    expect(alone.end).toHaveBeenCalledWith('l', undefined);
    expect([made.stage.value, made.isNetworkBack.value, memory.localShift]).toEqual([
      'signing_in',
      false,
      null,
    ]);
    const refused = await onLocalDuty({ end: () => Promise.resolve(false) });
    expect([await refused.station.endShiftHere(), refused.station.stage.value]).toEqual([false, 'open']);
  });

  it('lets a PIN be typed again where this device fails', async () => {
    const begin = vi.fn<ShiftAlone['begin']>(() => Promise.reject(new Error('the disk fails')));
    const { station: made, reply } = station({ own: { begin } });
    void made.check();
    await reply('kiosk.state', answer(stateOf(null)));
    const signingIn = made.signIn('v', '482915');
    expect(made.isSigningIn.value).toBe(true);
    await Promise.all([expect(signingIn).rejects.toThrow('the disk fails'), reply('kiosk.signIn', lost)]);
    expect(made.isSigningIn.value).toBe(false);
  });

  it('goes on where the disk refuses its end', async () => {
    const { station: made, memory } = await onLocalDuty({ end: () => Promise.resolve(false) });
    expect([await made.endLocalShift(), await made.signOut()]).toEqual([false, false]);
    expect([made.stage.value, made.isNetworkBack.value, memory.localShift === null]).toEqual([
      'open',
      false,
      false,
    ]);
  });

  it('is ended by whoever signs out', async () => {
    const { station: made, alone, reply, memory } = await onLocalDuty();
    const signingOut = made.signOut();
    await reply('kiosk.state', lost);
    expect(await signingOut).toBe(true);
    expect(alone.end).toHaveBeenCalledWith('l', undefined);
    expect([made.stage.value, memory.localShift]).toEqual(['signing_in', null]);
  });
});

describe('a shift of the server’s', () => {
  async function onDuty(own: Kept['own'] = {}) {
    const all = station({ stored: { shift: 's' }, own });
    void all.station.check();
    await all.reply('kiosk.state', answer(stateOf(SERVERS)));
    return all;
  }

  it('is ended by a row where the server cannot be told', async () => {
    const { station: made, alone, reply } = await onDuty();
    const signingOut = made.signOut();
    await reply('kiosk.signOut', lost);
    await reply('kiosk.state', lost);
    await signingOut;
    expect(alone.end).toHaveBeenCalledWith('i', undefined);
    expect(made.stage.value).toBe('signing_in');
  });

  it('ends by this device’s clock without network, and its token is forgotten whatever the disk says', async () => {
    for (const isKept of [true, false]) {
      const { station: made, alone, memory } = await onDuty({ end: vi.fn(() => Promise.resolve(isKept)) });
      expect(await made.endShiftHere()).toBe(true);
      expect(alone.end).toHaveBeenCalledWith('i');
      expect([made.stage.value, memory.shift]).toEqual(['signing_in', null]);
    }
  });

  it('goes on where the server cannot be told and the disk refuses, and ends all the same where the server refuses', async () => {
    const end = () => Promise.resolve(false);
    const { station: made, reply, memory } = await onDuty({ end });
    const signingOut = made.signOut();
    await reply('kiosk.signOut', lost);
    expect([await signingOut, made.stage.value, memory.shift]).toEqual([false, 'open', 's']);
    const again = made.signOut();
    await reply('kiosk.signOut', shiftOver);
    await reply('kiosk.state', answer(stateOf(null)));
    expect([await again, made.stage.value, memory.shift]).toEqual([true, 'signing_in', null]);
  });

  it('is ended by the server alone where it can', async () => {
    const { station: made, alone, reply } = await onDuty();
    const signingOut = made.signOut();
    await reply('kiosk.signOut', answer({ ok: true }));
    await reply('kiosk.state', answer(stateOf(null)));
    await signingOut;
    expect(alone.end).not.toHaveBeenCalled();
  });

  it('is somebody’s, also where the network goes before its state is heard, and is unlocked by their PIN', async () => {
    const { station: made, reply, alone, stored } = station();
    void made.check();
    await reply('kiosk.state', answer(stateOf(null)));
    const signingIn = made.signIn('v', '482915');
    await reply('kiosk.signIn', answer({ shiftToken: 't', shiftId: 'i' }));
    await reply('kiosk.state', lost);
    expect(await signingIn).toBeNull();
    expect(made.state.value?.shift).toMatchObject({ id: 'i', volunteerId: 'v', volunteer: '张志愿' });
    const unlocking = made.unlock('482915');
    await reply('kiosk.unlock', lost);
    expect(await unlocking).toBeNull();
    expect(alone.check).toHaveBeenLastCalledWith('v', '482915');
    const kept = Array.from(stored, ([name, value]) => [name.replace('jishan.kiosk.', ''), value] as const);
    const after = station({ stored: Object.fromEntries(kept) });
    void after.station.check();
    await after.reply('kiosk.state', lost);
    expect(after.station.state.value?.shift).toMatchObject({ volunteerId: 'v' });
  });

  it('is unlocked by the server, or by this device where that is gone; never against the server’s word', async () => {
    const { station: made, alone, reply } = await onDuty();
    const right = made.unlock('482915');
    await reply('kiosk.unlock', answer({ ok: true }));
    expect(await right).toBeNull();
    const wrong = problem('auth.wrong');
    const wrongly = made.unlock('000001');
    await reply('kiosk.unlock', wrong);
    expect(await wrongly).toBe(wrong);
    expect(alone.check).not.toHaveBeenCalled();
    const here = made.unlock('482915');
    await reply('kiosk.unlock', lost);
    expect(await here).toBeNull();
    expect(alone.check).toHaveBeenCalledWith('v', '482915');
    const plain = await onDuty(null);
    const cannot = plain.station.unlock('482915');
    await plain.reply('kiosk.unlock', lost);
    expect(await cannot).toBe(lost);
  });

  it('keeps its id for the rows, also through a reload without network, and drops it when it is over', async () => {
    const { station: made, reply, memory } = await onDuty();
    expect([made.shiftId(), memory.shiftId]).toEqual(['i', 'i']);
    void made.api.call('kiosk.recent');
    await reply('kiosk.recent', shiftOver);
    expect([made.shiftId(), memory.shiftId, made.stage.value]).toEqual(['', null, 'signing_in']);
  });
});

describe('a page that opens without network', () => {
  const lastState = JSON.stringify(stateOf(SERVERS));

  async function opened(kept: Kept) {
    const all = station(kept);
    void all.station.check();
    await all.reply('kiosk.state', lost);
    return all.station;
  }

  it('begins with the state that it heard last', async () => {
    const made = await opened({ stored: { shift: 's', state: lastState } });
    expect([made.stage.value, made.state.value?.village.name, made.isConnected.value]).toEqual([
      'open',
      '村',
      false,
    ]);
    const nobody = await opened({ stored: { state: lastState } });
    expect(nobody.stage.value).toBe('signing_in');
  });

  it.each([
    '{',
    '"text"',
    'null',
    '{}',
    JSON.stringify({ village: VILLAGE }),
    JSON.stringify({ volunteers: [] }),
  ])('is closed where that cannot be read: %s', async (state) => {
    expect((await opened({ stored: { state } })).stage.value).toBe('closed');
  });

  it('is closed on a device that does nothing without the server, or that never heard of any', async () => {
    expect((await opened({ stored: { state: lastState }, own: null })).stage.value).toBe('closed');
    expect((await opened({})).stage.value).toBe('closed');
  });

  it('takes no shift that it cannot read for one', () => {
    expect(station({ stored: { 'local-shift': '{"id":1}' } }).station.isLocalShift.value).toBe(false);
    expect(station({ stored: { 'local-shift': '{' } }).station.isLocalShift.value).toBe(false);
  });
});
