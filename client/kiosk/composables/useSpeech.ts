import { computed, onBeforeUnmount, onMounted, shallowRef, type ComputedRef } from 'vue';
import { useLanguage } from '../../i18n/index.ts';

export interface Speech {
  /** There is a voice of this device for the language on the screen. */
  readonly canSpeak: ComputedRef<boolean>;
  readonly say: (sentence: string) => void;
  /** Ends what is being said. */
  readonly stop: () => void;
}

/** Reads a sentence aloud with a voice of the device itself: nothing is sent to anybody's service. */
export function useSpeech(): Speech {
  const { language } = useLanguage();
  // Missing in some browsers, whatever the types say.
  const speaker = window.speechSynthesis as SpeechSynthesis | undefined;
  const voices = shallowRef<readonly SpeechSynthesisVoice[]>([]);
  const look = () => (voices.value = speaker?.getVoices() ?? []);
  const voice = computed(() => {
    const wanted = language.value.slice(0, 2);
    return voices.value.find(
      ({ lang, localService }) => localService && lang.toLowerCase().startsWith(wanted),
    );
  });

  onMounted(() => {
    look();
    speaker?.addEventListener('voiceschanged', look);
  });
  onBeforeUnmount(() => {
    speaker?.removeEventListener('voiceschanged', look);
    speaker?.cancel();
  });

  return {
    stop: () => speaker?.cancel(),
    canSpeak: computed(() => voice.value !== undefined),
    say(sentence) {
      if (!speaker || !voice.value) return;
      const words = new SpeechSynthesisUtterance(sentence);
      words.voice = voice.value;
      words.lang = voice.value.lang;
      words.rate = 0.85;
      speaker.cancel();
      speaker.speak(words);
    },
  };
}
