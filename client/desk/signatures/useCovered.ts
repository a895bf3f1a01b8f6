import { useText } from './text.ts';

/** Says which entries a list covers, from behind `after` to `last`. */
export function useCovered(): (after: number, last: number) => string {
  const { t } = useText();
  return (after, last) =>
    after + 1 === last
      ? t('signatures.coversOne', { last })
      : t('signatures.covers', { first: after + 1, last });
}
