import { inject, nextTick, readonly, ref, type App, type InjectionKey, type Ref } from 'vue';
import { fillBlanks, type Params } from './fill-blanks.ts';
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

export interface LanguageChoice {
  readonly language: Readonly<Ref<Language>>;
  readonly choose: (language: Language) => Promise<void>;
}

const languageKey: InjectionKey<LanguageChoice> = Symbol('language');
const storageKey = 'jishan.language';

/** Makes the words of a face; await it before mounting, so that the first thing seen is in the right language. */
export async function createText(face: FaceCatalogues): Promise<{ install(app: App): void }> {
  const catalogues = [...(face.parts ?? []), face];
  const chinese = flat([commonChinese, ...catalogues.map((one) => one.chinese)]);
  let english: typeof chinese | null = null;
  const language = ref<Language>('zh-CN');

  async function show(wanted: Language): Promise<void> {
    if (wanted === 'en' && english === null) {
      const all = [import('./locales/en.ts'), ...catalogues.map((one) => one.english())];
      english = flat((await Promise.all(all)).map((one) => one.default));
    }
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
  /** Follows a change of language, because that is read at each call. */
  function t(key: string, params: Params = {}): string {
    const words = language.value === 'en' ? english : chinese;
    return fillBlanks(words?.[key] ?? chinese[key] ?? key, params);
  }
  return {
    install(app) {
      app.provide(languageKey, choice);
      app.provide(textKey, { t });
    },
  };
}

/** Sentences by their dotted keys; of two catalogues with the same section the later one's counts. */
function flat(catalogues: readonly Sentences[]): Record<string, string> {
  const all: Record<string, string> = {};
  const lay = (sentences: Sentences, path: string) => {
    for (const [key, value] of Object.entries(sentences)) {
      if (typeof value === 'string') all[path + key] = value;
      else lay(value, `${path}${key}.`);
    }
  };
  lay(Object.assign({}, ...catalogues) as Sentences, '');
  return all;
}

/** The gap between two sentences of one line. Chinese has none. */
export function sentenceGap(language: Language): string {
  return language === 'en' ? ' ' : '';
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

const textKey: InjectionKey<Text<string>> = Symbol('text');

/** The words of one face, keys checked by the compiler: `export const useText = textOf<typeof chinese>()`. */
export function textOf<Face>(): () => Text<KeyOf<Face> | CommonKey> {
  return () => {
    const text = inject(textKey);
    if (!text) throw new Error('createText was not installed');
    return text;
  };
}

/** Words shared by all faces, for the parts in client/ui. */
export const useCommonText: () => Text<CommonKey> = textOf<object>();

/**
 * Lays the Chinese words of some pages over those of their face, so that they are loaded with the pages. A face's English
 * words come in one file.
 */
export function withPageWords<Key extends string>(
  useFace: () => Text<Key>,
  chinese: Sentences,
): () => Text<Key> {
  const own = flat([chinese]);
  return () => {
    const face = useFace();
    const { language } = useLanguage();
    return {
      t(key, params = {}) {
        const words = language.value === 'en' ? undefined : own[key];
        return words === undefined ? face.t(key, params) : fillBlanks(words, params);
      },
    };
  };
}

/** The language in which the server is asked to answer. */
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
