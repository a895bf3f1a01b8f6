import { watchEffect } from 'vue';
import { useCommonText } from '../i18n/index.ts';

/**
 * What the window is called, in the language of the page: what is open, which face, the product. It is what a screen
 * reader says first, and what histories and WeChat keep: so never whom it is about.
 */
export function useTitle(parts: () => readonly (string | null | undefined)[]): void {
  const { t } = useCommonText();
  watchEffect(() => {
    const named = parts().filter((part) => part);
    document.title = [...new Set([...named, t('common.product')])].join(' · ');
  });
}
