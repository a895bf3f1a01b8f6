import { createApp } from 'vue';
import { endpoints as acts } from '../../shared/acts/endpoints.ts';
import { endpoints as board } from '../../shared/board/endpoints.ts';
import { ownEndpoints as deductions } from '../../shared/deductions/own-endpoints.ts';
import { endpoints as me } from '../../shared/me/endpoints.ts';
import { ownEndpoints as objections } from '../../shared/objections/own-endpoints.ts';
import { ownEndpoints as reports } from '../../shared/reports/own-endpoints.ts';
import { endpoints as privacy } from '../../shared/privacy/endpoints.ts';
import { ownEndpoints as workdays } from '../../shared/workdays/own-endpoints.ts';
import { createApi } from '../api/index.ts';
import { acceptLanguage, createText } from '../i18n/index.ts';
import '../ui/base.css';
import App from './App.vue';
import { takeCardFromAddress } from './card-link.ts';
import { accountKey, createAccount } from './composables/useAccount.ts';
import { createTextSize, textSizeKey } from './composables/useTextSize.ts';
import { keepPage } from './kept-page.ts';
import chinese from './locales/zh-CN.ts';
import { createDisk, createMemory } from './memory.ts';
import { loadHomePage, loadOpenPage } from './page-loaders.ts';
import { createSpeech, speechKey } from './speech.ts';

const KEEP_AFTER_MS = 3000;

void start();

async function start(): Promise<void> {
  const card = takeCardFromAddress(window);
  const memory = createMemory(createDisk(() => localStorage));
  const textSize = createTextSize(memory);
  const account = createAccount(
    (token) =>
      createApi({
        endpoints: {
          ...acts,
          ...board,
          ...deductions,
          ...me,
          ...objections,
          ...privacy,
          ...reports,
          ...workdays,
        },
        auth: { scheme: 'Household', token },
        language: acceptLanguage,
      }),
    memory,
  );
  if (card !== null) account.present(card);
  // All at once: what will be shown, the page that shows it, and its words.
  if (account.isOpen.value) void account.reload();
  const pages = account.isOpen.value ? [loadHomePage()] : [loadOpenPage()];
  const [text] = await Promise.all([
    createText({ chinese, english: () => import('./locales/en.ts') }),
    // A part that does not come is asked for again, and missed aloud, where it should stand.
    ...pages.map((page) => page.catch(() => undefined)),
  ]);
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
  // The parts that nobody has asked for yet wait until the page is there.
  setTimeout(keepPage, KEEP_AFTER_MS);
}
