import { createApp } from 'vue';
import { endpoints as copy } from '../../shared/copy/endpoints.ts';
import { endpoints as counter } from '../../shared/kiosk/endpoints.ts';
import { endpoints as outbox } from '../../shared/outbox/endpoints.ts';
import { endpoints as printers } from '../../shared/printers/endpoints.ts';
import { createApi, newKey } from '../api/index.ts';
import { cameraWords } from '../camera/camera-words.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import './kiosk.css';
import LoadingState from '../ui/LoadingState.vue';
import { addIcons } from '../ui/icons.ts';
import { OFFICE_ICONS } from '../ui/office-icons.ts';
import { isAtRest, watchTouches } from './at-rest.ts';
import KioskRoot from './KioskRoot.vue';
import { createGoods, goodsKey } from './composables/useGoods.ts';
import { createSettings, settingsKey } from './composables/useSettings.ts';
import { createSounds } from './composables/useSounds.ts';
import { serverClockKey } from './composables/useServerClock.ts';
import type { Station } from './composables/station.ts';
import { stationKey } from './composables/useStation.ts';
import { kioskKey } from './composables/useKiosk.ts';
import chinese from './locales/zh-CN.ts';
import { openDevice } from '../device/device.ts';
import { createKiosk } from './create-kiosk.ts';
import { createMemory } from './memory.ts';
import { createPairLink, type PairLink, pairLinkKey } from './pair-link.ts';
import { createCounterDisk } from './ports/counter-disk.ts';
import { createDevicePorts } from './ports/device-ports.ts';
import { owedReturns, owedRows } from './ports/kept-owed.ts';
import { createParkedDisk } from './ports/parked-disk.ts';
import { createServerClock } from './server-clock.ts';
import { createShiftMeter } from './shift-meter.ts';
import { createTabs } from './tabs.ts';
import { outboxViewKey } from './composables/useOutboxView.ts';

/** Until the counter is there nobody is served. A window that has stepped back leaves the reload to the other one. */
let isFree = () => true;

keepForOffline();
void start();

/** First of all: a build that fails further down still gives way to the next one. */
function keepForOffline(): void {
  const isUntouched = watchTouches(window, () => Date.now());
  void import('../service-worker/kept-page.ts').then(({ keepPage }) =>
    keepPage({
      face: 'kiosk',
      workers: navigator.serviceWorker,
      mayReload: () => isFree() && isUntouched(),
      reload: () => location.reload(),
      every: (run, ms) => void setInterval(run, ms),
    }),
  );
}

async function start(): Promise<void> {
  addIcons(OFFICE_ICONS);
  const pairLink = createPairLink(window);
  const tabs = createTabs({
    page: window,
    shared: localStorage,
    own: sessionStorage,
    id: crypto.getRandomValues(new Uint32Array(4)).join('-'),
    stepBack: () => location.reload(),
  });
  const [isAlone, text] = await Promise.all([
    tabs.enter(),
    createText({ chinese, english: () => import('./locales/en.ts'), parts: [cameraWords] }),
  ]);
  // A device that comes from the server's old address brings its rows before anything else begins.
  if (location.hash === '#move') await (await import('./offline-parts.ts')).arrive(text);
  if (isAlone) {
    await mountKiosk(text, pairLink);
    return;
  }
  isFree = () => false;
  const { default: AsidePage } = await import('./pages/AsidePage.vue');
  const aside = createApp(AsidePage, {
    takeOver() {
      tabs.takeOver();
      aside.unmount();
      void mountKiosk(text, pairLink);
    },
  });
  aside.use(text).mount('#app');
}

const retryDiskMs = 5000;

type Text = Awaited<ReturnType<typeof createText>>;

async function mountKiosk(text: Text, pairLink: PairLink): Promise<void> {
  const diskParts = { device: openDevice(), later: (run: () => void) => void setTimeout(run, retryDiskMs) };
  const disk = createCounterDisk(diskParts);
  const parked = createParkedDisk(diskParts);
  // A disk that does not answer takes a while to be given up.
  const opening = createApp(LoadingState).use(text);
  opening.mount('#app');
  const memory = createMemory(localStorage);
  const now = () => Date.now();
  const plainApi = createApi({
    endpoints: { ...copy, ...counter, ...outbox, ...printers },
    auth: { scheme: 'Kiosk', token: () => memory.device, shift: () => memory.shift },
    language: acceptLanguage,
  });
  const clockParts = { storage: localStorage, now, steady: () => performance.now() };
  const clock = createServerClock(clockParts);
  const metered = { meter: createShiftMeter(clockParts), serverMs: clock.serverMs };
  const { device } = diskParts;
  const {
    station,
    outbox: rows,
    alone,
  } = createDevicePorts({
    ...{ plainApi, memory, device, now, newKey, clock },
  });
  await rows.read();
  // Without signatures the server names the key, and it may be gone.
  const opened = rows.open();
  if (window.isSecureContext) await opened;
  const [basket, baskets] = await Promise.all([disk.read(), parked.read()]);
  const kept = {
    ...{ basket: basket.basket, parked: baskets, owed: owedRows(rows.rows.value) },
    returns: owedReturns(rows.rows.value),
    isUsed: (key: string) => rows.rows.value.some(({ row }) => row.key === key),
    damaged: basket.isReadable ? rows.damaged() : ('all' as const),
  };
  const isPaired = pairLink.value !== null && (await isStillPaired(station));
  opening.unmount();
  if (isPaired) await tellPaired(text, station, pairLink);
  const goods = createGoods(station.api, () => alone);
  const play = createSounds(() => memory.volume);
  const print = () => window.print();
  const kiosk = createKiosk({
    ...{ station, goods, memory, disk, parked, rows, alone, metered, kept, now, play, print },
  });
  isFree = () => isAtRest(station, kiosk);
  window.addEventListener('afterprint', kiosk.printer.forget);
  const practised = { real: { station, goods, kiosk }, memory, now, play: createSounds, print };
  createApp(KioskRoot, practised)
    .use(text)
    .provide(stationKey, station)
    .provide(goodsKey, goods)
    .provide(kioskKey, kiosk)
    .provide(settingsKey, createSettings(memory, kiosk.voice))
    .provide(pairLinkKey, pairLink)
    .provide(serverClockKey, clock)
    .provide(outboxViewKey, rows)
    .mount('#app');
}

/** Asks the server: a device that was given a new code at the desk only believes that it is paired. */
async function isStillPaired(station: Station): Promise<boolean> {
  if (station.stage.value !== 'pairing') await station.check();
  return station.stage.value !== 'pairing';
}

/** A paired device uses no second code. Resolves when somebody goes on with it. */
async function tellPaired(text: Text, { state }: Station, pairLink: PairLink): Promise<void> {
  pairLink.value = null;
  const { default: PairedPage } = await import('./pages/PairedPage.vue');
  await new Promise<void>((resolve) => {
    const told = createApp(PairedPage, {
      name: state.value?.kiosk.name ?? null,
      goOn() {
        told.unmount();
        resolve();
      },
    });
    told.use(text).mount('#app');
  });
}
