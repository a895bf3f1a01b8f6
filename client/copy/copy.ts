import { businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import type { Device } from '../device/device.ts';
import { tableOf } from '../device/device-table.ts';
import { oneAfterTheOther } from '../device/one-after-the-other.ts';
import type { CopiedHousehold } from './copied-household.ts';
import { createCopyDisk } from './copy-disk.ts';
import type { CopyServer } from './copy-server.ts';
import { createCopyClock } from './copy-clock.ts';
import { createRefresh } from './refresh-copy.ts';
import type { KeptVillage } from './kept-village.ts';
import { createLookUp, type FoundHouseholds, type LookUp } from './look-up.ts';
import { createPinTries } from './pin-tries.ts';
import { createSealer } from './sealer.ts';
import type { VerifyPin } from './verify-pin.ts';

export type { CopiedHousehold, FoundHouseholds };

export interface VillageCopy {
  /** Null: this device holds none, or it was wiped. */
  readonly standing: () => CopyStanding | null;
  /** Null for every code that is no valid card's, and for the short codes of the first cards. A copy that is too old finds nobody. */
  readonly byCard: (code: string) => Promise<CopiedHousehold | null>;
  readonly byNumber: (number: string) => Promise<CopiedHousehold | null>;
  /** By the head's name, pinyin or initials. Null: this device holds no copy, or one that is too old. */
  readonly find: (text: string) => Promise<FoundHouseholds | null>;
  readonly goods: () => readonly GoodsItem[];
  readonly volunteers: () => readonly CopiedName[];
  /** The volunteer declared this household as the own one or a relative's. A copy that is too old still knows. */
  readonly isOwn: (volunteerId: string, householdId: string) => boolean;
  /** `wait`: too many wrong ones. `notKept`: the disk takes no note of the try. Rejects where this device cannot check a PIN. */
  readonly checkVolunteer: (id: string, pin: string) => Promise<'right' | 'wrong' | 'wait' | 'notKept'>;
  /** Asks the server for what changed, or for the whole. Never rejects: without an answer everything stays as it was. */
  readonly refresh: () => Promise<void>;
  /** Removes the copy, from the disk as well. Rejects where the disk refuses; the page knows nothing more all the same. */
  readonly wipe: () => Promise<void>;
}

export interface CopyStanding {
  /** By the server's clock. */
  readonly asOfMs: number;
  readonly entry: number;
  readonly day: string;
  readonly isTooOld: boolean;
  readonly rules: KeptVillage['rules'];
}

export interface CopiedName {
  readonly id: string;
  readonly name: string;
  readonly mayVouch: boolean;
}

export interface CopyDeps {
  readonly device: Device;
  readonly server: CopyServer;
  /** The browser's; without `subtle`, on plain http, there is no copy. */
  readonly crypto: Pick<Crypto, 'getRandomValues'> & { readonly subtle?: SubtleCrypto };
  /** This device's clock, set right by the server's as far as it is known. */
  readonly nowMs: () => number;
  /** The time that today's amounts are counted by: a clock that was set ahead must not begin another day. */
  readonly dayMs: () => number;
  readonly verify: VerifyPin;
  /** Names this pairing, such as the kiosk's id: the copy of another one is not opened. */
  readonly owner: string;
}

/** Opens the copy that this device holds. A damaged disk opens too: as one without a copy. */
export async function openVillageCopy(deps: CopyDeps): Promise<VillageCopy> {
  const { device, nowMs, dayMs, owner, verify } = deps;
  const { subtle } = deps.crypto;
  if (subtle === undefined) return NO_COPY;
  const getRandomValues: Crypto['getRandomValues'] = (into) => deps.crypto.getRandomValues(into);
  const newId = () => Array.from(getRandomValues(new Uint32Array(4))).join('-');
  const disk = createCopyDisk({ device, sealer: createSealer({ subtle, getRandomValues }), owner, newId });
  const table = tableOf(device, 'copyState');
  const clock = await createCopyClock(table, nowMs);
  const tries = createPinTries(table, nowMs);
  const inTurn = oneAfterTheOther();
  let shown: { readonly village: KeptVillage; readonly lookUp: LookUp } | null = null;

  const isTooOld = (of: KeptVillage) => clock.latestMs() - of.heardAtMs > of.rules.copyDays * DAY_MS;
  /** Asks the copy where there is one that is not too old. */
  function among<T>(ask: (lookUp: LookUp, today: string) => T): T | null {
    if (shown === null || isTooOld(shown.village)) return null;
    return ask(shown.lookUp, businessDay(dayMs(), shown.village.rules.timeZone));
  }
  const village = () => shown?.village ?? null;
  const show = (now: KeptVillage) => void (shown = { village: now, lookUp: createLookUp(now, subtle) });
  async function wipe(): Promise<void> {
    shown = null;
    await disk.wipe();
  }
  const kept = await disk.read();
  if (kept !== null) show(kept);

  return {
    standing() {
      if (shown === null) return null;
      const { atMs: asOfMs, entry, day, rules } = shown.village;
      return { asOfMs, entry, day, rules, isTooOld: isTooOld(shown.village) };
    },
    byCard: async (code) => (await among((of, today) => of.byCard(code, today))) ?? null,
    byNumber: (number) => Promise.resolve(among((of, today) => of.byNumber(number, today))),
    find: (text) => Promise.resolve(among((of, today) => of.find(text, today))),
    goods: () => village()?.goods ?? [],
    volunteers: () => village()?.volunteers.map(({ id, name, mayVouch }) => ({ id, name, mayVouch })) ?? [],
    isOwn: (volunteerId, householdId) =>
      village()
        ?.volunteers.find(({ id }) => id === volunteerId)
        ?.kin.includes(householdId) === true,
    checkVolunteer: (id, pin) =>
      inTurn(async () => {
        const verifier = village()?.volunteers.find((one) => one.id === id)?.verifier;
        if (verifier === undefined) return 'wrong';
        const begun = await tries.begin(id);
        if (begun !== 'noted') return begun === 'tooMany' ? 'wait' : 'notKept';
        if (!(await verify(verifier, pin))) return 'wrong';
        await tries.forgive(id);
        return 'right';
      }),
    refresh: createRefresh({ server: deps.server, disk, clock, tries, nowMs, wipe, show, village }),
    wipe,
  };
}

/** On plain http nothing can be sealed, so nothing is kept. */
const NO_COPY: VillageCopy = {
  standing: () => null,
  byCard: () => Promise.resolve(null),
  byNumber: () => Promise.resolve(null),
  find: () => Promise.resolve(null),
  goods: () => [],
  volunteers: () => [],
  isOwn: () => false,
  checkVolunteer: () => Promise.resolve('wrong'),
  refresh: () => Promise.resolve(),
  wipe: () => Promise.resolve(),
};
