import { watchEffect } from 'vue';
import { useCommonText } from '../i18n/index.ts';

/**
 * Names the window in the language of the page: what is open, which face, the product. A screen reader says it
 * first, and histories and WeChat keep it: so it never says whom the page is about.
 */
export function useTitle(parts: () => readonly (string | null | undefined)[]): void {
  const { t } = useCommonText();
  watchEffect(() => {
    const named = parts().filter((part) => part);
    document.title = [...new Set([...named, t('common.product')])].join(' · ');
  });
}
