import { createApp } from 'vue';
import { endpoints } from '../../shared/https/endpoints.ts';
import { createApi } from '../api/index.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import chinese from './locales/zh-CN.ts';

void start();

async function start(): Promise<void> {
  const text = await createText({ chinese, english: () => import('./locales/en.ts') });
  const api = createApi({ endpoints, auth: { token: () => null }, language: acceptLanguage });
  createApp(App, { api }).use(text).mount('#app');
}
