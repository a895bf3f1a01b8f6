import { createApp } from 'vue';
import { createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import chinese from './locales/zh-CN.ts';

void start();

async function start(): Promise<void> {
  const text = await createText({ chinese, english: () => import('./locales/en.ts') });
  createApp(App).use(text).mount('#app');
}
