import { createApp } from 'vue';
import { OPEN_ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { createApi } from '../api/index.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import { takeCardFromAddress } from './card-link.ts';
import { accountKey, createAccount } from './composables/useAccount.ts';
import { createTextSize, textSizeKey } from './composables/useTextSize.ts';
import { loadHouseholdSwitch, loadOpenPage } from './lazy.ts';
import chinese from './locales/zh-CN.ts';
import { createDisk, createMemory } from './memory.ts';
import { createSpeech, speechKey } from './speech.ts';

void start();

async function start(): Promise<void> {
  const card = takeCardFromAddress(window);
  const memory = createMemory(createDisk(() => localStorage));
  const textSize = createTextSize(memory);
  const account = createAccount(
    (token) =>
      createApi({
        endpoints: OPEN_ENDPOINTS,
        auth: { scheme: 'Household', token },
        language: acceptLanguage,
      }),
    memory,
  );
  if (card !== null) account.present(card);
  // Both at once: the words, the page that is needed, and what it will show.
  if (account.isOpen.value) void account.reload();
  else void loadOpenPage();
  if (account.kept.value.length > 1) await loadHouseholdSwitch().catch(() => undefined);
  const text = await createText({ chinese, english: () => import('./locales/en.ts') });
  window.addEventListener('hashchange', () => {
    const another = takeCardFromAddress(window);
    if (another !== null) account.present(another);
  });
  createApp(App)
    .use(text)
    .provide(accountKey, account)
    .provide(textSizeKey, textSize)
    .provide(speechKey, createSpeech(window))
    .mount('#app');
}
