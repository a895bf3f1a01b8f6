import { effectScope } from 'vue';
import { readScan } from '../../scan/read-scan.ts';
import { createGoods, type Goods } from '../composables/useGoods.ts';
import { createSettings } from '../composables/useSettings.ts';
import { createStation } from '../composables/useStation.ts';
import { createKiosk, type Kiosk } from '../create-kiosk.ts';
import { createMemory, type Memory } from '../memory.ts';
import type { CounterDisk } from '../ports/counter-disk.ts';
import type { PracticeParts, PracticeTill } from './practice-parts.ts';
import { createPracticeRows } from './practice-rows.ts';
import { createPracticeServer } from './practice-server.ts';
import { type PracticeHousehold, practiceGoods, practiceHouseholds } from './practice-shop.ts';

export function createTill(
  { real, memory, now, play, print, words }: PracticeParts,
  over: () => void,
): PracticeTill {
  const shop = practiceGoods(real.goods.items.value, words());
  const households = practiceHouseholds(shop, words());
  const state = real.station.state.value;
  const own = memoryOf(memory);
  const plainApi = createPracticeServer({
    // A practised slip is in no book: the shop's printer prints from the book alone, so this device prints it.
    village: { ...NO_VILLAGE, ...state?.village, hasPrinter: false, withoutNetwork: null },
    kioskName: state?.kiosk.name ?? '',
    volunteer: state?.shift?.volunteer ?? words().volunteer,
    goods: shop,
    households,
    now,
    words,
  });
  const scope = effectScope(true);
  const made = scope.run(() => {
    // Ending the shift is practised too: it ends the practice.
    const signOut = () => {
      over();
      return Promise.resolve(true);
    };
    const station = { ...createStation({ plainApi, memory: own, now }), signOut };
    const goods = createGoods(station.api);
    const kept = { basket: null, owed: [], damaged: null };
    const sound = play(() => own.volume);
    const kiosk = createKiosk({
      station,
      goods,
      memory: own,
      disk: NO_DISK,
      parked: { read: () => Promise.resolve([]), keep: () => Promise.resolve() },
      rows: createPracticeRows(plainApi),
      alone: null,
      metered: null,
      kept,
      now,
      play: sound,
      print,
    });
    return { station, goods, kiosk, settings: createSettings(own, kiosk.voice) };
  });
  if (!made) throw new Error('the practice has ended before it began');
  const { kiosk } = made;
  return {
    ...made,
    kiosk: { ...kiosk, scan: onlyPractised(kiosk, made.goods, households) },
    households,
    stop: () => scope.stop(),
  };
}

/** A household's real card does nothing here, and that is said. */
function onlyPractised(kiosk: Kiosk, goods: Goods, households: readonly PracticeHousehold[]): Kiosk['scan'] {
  return (text) => {
    const meaning = readScan(text, goods.idByBarcode.value);
    const isReal = meaning.kind === 'card' && !households.some(({ card }) => card === meaning.code);
    if (!isReal) {
      kiosk.scan(text);
      return;
    }
    kiosk.counter.feed({ is: 'dialog', dialog: null });
    kiosk.counter.feed({ is: 'told', notice: { kind: 'bad', name: 'practiceCard' } });
  };
}

/** Sound and paper begin as they are on this device; what is chosen while practising is forgotten. */
function memoryOf({ paper, volume, speaks }: Memory): Memory {
  const kept = new Map<string, string>();
  const own = createMemory({
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  });
  return Object.assign(own, { device: 'practice', shift: 'practice', paper, volume, speaks });
}

const NO_VILLAGE = { id: '', name: '', shopPhone: '', shopPlace: '', withoutNetwork: null };

const NO_DISK: CounterDisk = {
  read: () => Promise.resolve({ basket: null, isReadable: true }),
  keepAside: () => Promise.resolve(),
};
