/** A text that goes public may hold none of these. */
export const UNFIT_KINDS = ['identity', 'phone', 'address', 'name', 'label'] as const;
export type UnfitKind = (typeof UNFIT_KINDS)[number];

/** These may be taken for it by mistake: somebody may say so. A number is never cleared. */
export const CLEARABLE_KINDS = ['address', 'name', 'label'] as const satisfies readonly UnfitKind[];
export type ClearableKind = (typeof CLEARABLE_KINDS)[number];

export function isClearable(kind: UnfitKind): kind is ClearableKind {
  return CLEARABLE_KINDS.some((one) => one === kind);
}

/** Something in a text that may not go public. */
export interface Finding {
  readonly kind: UnfitKind;
  /** The piece, in the letters in which it is written. */
  readonly piece: string;
  /** The place of its first sign in the text. */
  readonly at: number;
}
