import { createApp } from 'vue';
import { cameraWords } from '../camera/words.ts';
import { createText } from '../i18n/index.ts';
import '../ui/base.css';
import { addIcons } from '../ui/icons.ts';
import { OFFICE_ICONS } from '../ui/office-icons.ts';
import App from './App.vue';
import './desk.css';
import { createDesk } from './desk.ts';
import chinese from './locales/zh-CN.ts';
import { leadToFirstWrong } from './parts/first-wrong.ts';
import { createDeskRouter } from './router.ts';

void start();

async function start(): Promise<void> {
  addIcons(OFFICE_ICONS);
  const text = await createText({ chinese, english: () => import('./locales/en.ts'), parts: [cameraWords] });
  const desk = createDesk();
  const app = createApp(App).use(text);
  app.provide(desk.key, desk);
  app.use(createDeskRouter(desk));
  app.mount('#app');
  leadToFirstWrong(document);
  window.addEventListener('online', desk.intents.askAll);
  await desk.start();
}
