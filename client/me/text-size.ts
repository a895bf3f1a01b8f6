/** Sizes of the root, from which everything on the page is measured: 18, 24 and 30 px. */
export const TEXT_SIZES = ['normal', 'large', 'huge'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export function readTextSize(kept: string | null): TextSize {
  return TEXT_SIZES.find((size) => size === kept) ?? 'normal';
}
