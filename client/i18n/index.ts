import { inject, nextTick, readonly, ref, type App, type InjectionKey, type Ref } from 'vue';
import { createI18n, useI18n } from 'vue-i18n';
import { grouped } from './figures.ts';
import commonChinese from './locales/zh-CN.ts';
import { LANGUAGES, type KeyOf, type Language, type Sentences } from './types.ts';

/**
 * Chinese comes with the page, English is fetched when somebody asks for it. A face hands in its own
 * catalogues; those all faces share are laid under them.
 */
export interface FaceCatalogues {
  readonly chinese: Sentences;
  readonly english: () => Promise<{ default: Sentences }>;
  /** Catalogues of the parts that some faces share, such as the camera. */
  readonly parts?: readonly FaceCatalogues[];
}

export type CommonKey = KeyOf<typeof commonChinese>;
type Params = Readonly<Record<string, string | number>>;

export interface LanguageChoice {
  readonly language: Readonly<Ref<Language>>;
  readonly choose: (language: Language) => Promise<void>;
}

const languageKey: InjectionKey<LanguageChoice> = Symbol('language');
const storageKey = 'jishan.language';

/** Makes the words of a face; await it before mounting, so that the first thing seen is in the right language. */
export async function createText(face: FaceCatalogues): Promise<{ install(app: App): void }> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- `legacy` goes with version 12; until then it must be off
  const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN' });
  const catalogues = [...(face.parts ?? []), face];
  i18n.global.setLocaleMessage(
    'zh-CN',
    Object.assign({}, commonChinese, ...catalogues.map((one) => one.chinese)),
  );
  const language = ref<Language>('zh-CN');

  async function show(wanted: Language): Promise<void> {
    if (wanted === 'en' && !i18n.global.availableLocales.includes('en')) {
      const english = [import('./locales/en.ts'), ...catalogues.map((one) => one.english())];
      const loaded = await Promise.all(english);
      i18n.global.setLocaleMessage('en', Object.assign({}, ...loaded.map((one) => one.default)));
    }
    i18n.global.locale.value = wanted;
    language.value = wanted;
    document.documentElement.lang = wanted;
  }

  await show(rememberedLanguage());
  // Chosen in another tab: this one follows.
  window.addEventListener('storage', ({ key }) => {
    if (key === storageKey) void show(rememberedLanguage());
  });
  const choice: LanguageChoice = {
    language: readonly(language),
    async choose(wanted) {
      await show(wanted);
      remember(wanted);
      await nextTick();
    },
  };
  return {
    install(app) {
      app.use(i18n);
      app.provide(languageKey, choice);
    },
  };
}

/** The language of the page and how to change it. */
export function useLanguage(): LanguageChoice {
  const choice = inject(languageKey);
  if (!choice) throw new Error('createText was not installed');
  return choice;
}

export interface Text<Key extends string> {
  /** The sentence of a key; a number `n` among the params also chooses the English singular or plural. */
  readonly t: (key: Key, params?: Params) => string;
}

/** The words of one face, keys checked by the compiler: `export const useText = textOf<typeof chinese>()`. */
export function textOf<Face>(): () => Text<KeyOf<Face> | CommonKey> {
  return () => {
    const { t } = useI18n({ useScope: 'global' });
    return {
      t(key, params) {
        if (params === undefined) return t(key);
        if (typeof params.n !== 'number') return t(key, params);
        return t(key, { ...params, n: grouped(String(params.n)) }, params.n);
      },
    };
  };
}

/** Words shared by all faces, for the parts in client/ui. */
export const useCommonText: () => Text<CommonKey> = textOf<object>();

/** What the server is asked to answer in. */
export function acceptLanguage(): string {
  return document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
}

function rememberedLanguage(): Language {
  const saved = readStorage();
  return LANGUAGES.find((language) => language === saved) ?? 'zh-CN';
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A browser that keeps nothing still shows the language for this visit.
  }
}
