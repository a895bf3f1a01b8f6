import { createApp } from 'vue';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { createApi } from '../api/index.ts';
import { cameraWords } from '../camera/words.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import { createGoods, goodsKey } from './composables/useGoods.ts';
import { createSounds } from './composables/useSounds.ts';
import { createStation, stationKey } from './composables/useStation.ts';
import { createTill, tillKey } from './composables/useTill.ts';
import chinese from './locales/zh-CN.ts';
import { createMemory } from './memory.ts';

void start();

async function start(): Promise<void> {
  const text = await createText({ chinese, english: () => import('./locales/en.ts'), parts: [cameraWords] });
  const memory = createMemory(localStorage);
  const now = () => Date.now();
  const plainApi = createApi({
    endpoints: ENDPOINTS,
    auth: { scheme: 'Kiosk', token: () => memory.device, shift: () => memory.shift },
    language: acceptLanguage,
  });
  const station = createStation({ plainApi, memory, now });
  const goods = createGoods(station.api);
  const till = createTill({ station, goods, memory, now, play: createSounds() });
  createApp(App)
    .use(text)
    .provide(stationKey, station)
    .provide(goodsKey, goods)
    .provide(tillKey, till)
    .mount('#app');
}
