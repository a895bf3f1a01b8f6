import { createApp } from 'vue';
import { cameraWords } from '../camera/camera-words.ts';
import { inShanghai, timeZoneKey } from '../i18n/format.ts';
import { createText } from '../i18n/index.ts';
import type { Sentences } from '../i18n/types.ts';
import '../ui/base.css';
import { addIcons } from '../ui/icons.ts';
import { OFFICE_ICONS } from '../ui/office-icons.ts';
import './desk.css';
import { createDesk } from './desk.ts';
import { FEATURES } from './features.ts';
import { leadToFirstWrong } from './parts/lead-to-first-wrong.ts';
import App from './shell/App.vue';
import { featuresKey } from './shell/feature-contract.ts';
import shellWords from './shell/locales/zh-CN.ts';
import { createDeskRouter } from './shell/router.ts';

void start();

async function start(): Promise<void> {
  addIcons(OFFICE_ICONS);
  const text = await createText({
    chinese: Object.assign({}, shellWords, ...FEATURES.map(({ chinese }) => chinese)) as Sentences,
    english: () => import('./shell/english.ts'),
    parts: [cameraWords],
  });
  const desk = createDesk();
  const app = createApp(App).use(text);
  app.provide(desk.key, desk);
  app.provide(timeZoneKey, () => desk.session?.village.timeZone ?? inShanghai());
  app.provide(featuresKey, FEATURES);
  app.use(createDeskRouter(desk, FEATURES));
  app.mount('#app');
  leadToFirstWrong(document);
  window.addEventListener('online', desk.intents.askAll);
  await desk.start();
}
