import { createApp } from 'vue';
import { createText } from '../i18n/index.ts';
import '../ui/base.css';
import { addIcons } from '../ui/icons.ts';
import { OFFICE_ICONS } from '../ui/office-icons.ts';
import App from './App.vue';
import chinese from './locales/zh-CN.ts';

/**
 * Every part of the kit in every state, for those who build screens and for the tests. No face contains it:
 * `npx vite --mode gallery` shows it, `npx vite build --mode gallery` writes it to dist/gallery.
 *
 *   /gallery/?text=30    all of it in large text
 */
void start();

async function start(): Promise<void> {
  addIcons(OFFICE_ICONS);
  const size = Number(new URLSearchParams(location.search).get('text'));
  if (size > 0) document.documentElement.style.fontSize = `${size}px`;
  createApp(App)
    .use(await createText({ chinese, english: () => import('./locales/en.ts') }))
    .mount('#app');
}
