import { ref, type InjectionKey, type Ref, inject } from 'vue';

/** Reads sentences aloud with the phone's own voice, one at a time. */
export interface Speech {
  /** False where the browser has no voice at all, as in some of WeChat's. */
  readonly isThere: boolean;
  /** The sentence that is being read. */
  readonly reading: Readonly<Ref<string | null>>;
  /** It was asked and stayed silent: there is no voice for the language. */
  readonly isSilent: Readonly<Ref<boolean>>;
  /** Reads a sentence; the one being read is stopped instead. */
  readonly read: (sentence: string, language: string) => void;
}

interface Voices {
  readonly speechSynthesis?: SpeechSynthesis | undefined;
  readonly SpeechSynthesisUtterance?: typeof SpeechSynthesisUtterance | undefined;
}

export const speechKey: InjectionKey<Speech> = Symbol('speech');

export function useSpeech(): Speech {
  const speech = inject(speechKey);
  if (!speech) throw new Error('no speech was provided');
  return speech;
}

const startsWithinMs = 4000;

export function createSpeech({ speechSynthesis: synthesis, SpeechSynthesisUtterance }: Voices): Speech {
  const reading = ref<string | null>(null);
  const isSilent = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    reading.value = null;
    synthesis?.cancel();
  }

  function fail(): void {
    stop();
    isSilent.value = true;
  }

  function read(sentence: string, language: string): void {
    const isSame = reading.value === sentence;
    stop();
    if (isSame || !synthesis || !SpeechSynthesisUtterance) return;
    isSilent.value = false;
    // A list that is still empty says nothing: many phones fill it after the first word.
    const voices = synthesis.getVoices();
    const voice = voices.find(({ lang }) => isOf(lang, language));
    if (voices.length > 0 && !voice) {
      fail();
      return;
    }
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = language;
    words.rate = 0.9;
    if (voice) words.voice = voice;
    words.onstart = () => clearTimeout(timer);
    words.onend = () => {
      if (reading.value === sentence) stop();
    };
    words.onerror = () => {
      if (reading.value === sentence) fail();
    };
    reading.value = sentence;
    timer = setTimeout(fail, startsWithinMs);
    synthesis.speak(words);
  }

  return { isThere: Boolean(synthesis && SpeechSynthesisUtterance), reading, isSilent, read };
}

/** zh-CN, zh_CN_#Hans and cmn-Hans-CN are all Mandarin; Cantonese is not what is written here. */
function isOf(voice: string, language: string): boolean {
  const name = voice.toLowerCase().replace(/_/g, '-');
  if (language !== 'zh-CN') return name.startsWith(language.slice(0, 2));
  return (name.startsWith('zh') && !/hk|yue/.test(name)) || name.startsWith('cmn');
}
