import { createApp } from 'vue';
import { createApi } from '../api/index.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import { takeCardFromAddress } from './card-link.ts';
import { accountKey, createAccount } from './composables/useAccount.ts';
import { createTextSize, textSizeKey } from './composables/useTextSize.ts';
import chinese from './locales/zh-CN.ts';
import { createMemory, createShortMemory } from './memory.ts';

void start();

async function start(): Promise<void> {
  const card = takeCardFromAddress(window);
  const memory = createMemory(findDisk());
  const textSize = createTextSize(memory);
  const text = await createText({ chinese, english: () => import('./locales/en.ts') });
  const api = createApi({
    auth: { scheme: 'Household', token: () => memory.account?.token ?? null },
    language: acceptLanguage,
  });
  const account = createAccount(api, memory);
  if (card !== null) account.present(card);
  window.addEventListener('hashchange', () => {
    const another = takeCardFromAddress(window);
    if (another !== null) account.present(another);
  });
  createApp(App).use(text).provide(accountKey, account).provide(textSizeKey, textSize).mount('#app');
}

function findDisk(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    localStorage.getItem('jishan.me.token');
    return localStorage;
  } catch {
    return createShortMemory();
  }
}
