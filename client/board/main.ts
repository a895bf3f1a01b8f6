import { createApp } from 'vue';
import { endpoints } from '../../shared/board/endpoints.ts';
import { createApi } from '../api/index.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import './board.css';
import { apiKey } from './api.ts';
import App from './App.vue';
import chinese from './locales/zh-CN.ts';

void start();

async function start(): Promise<void> {
  const text = await createText({ chinese, english: () => import('./locales/en.ts') });
  const api = createApi({
    endpoints,
    auth: { token: () => null },
    language: acceptLanguage,
  });
  createApp(App).use(text).provide(apiKey, api).mount('#app');
}
