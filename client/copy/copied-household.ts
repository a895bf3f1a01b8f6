/** A household as the copy knows it. */
export interface CopiedHousehold {
  readonly id: string;
  readonly number: string;
  /** Masked. */
  readonly name: string;
  readonly group: string;
  readonly balance: number;
  /** Today, as far as the copy knows. */
  readonly redeemedToday: number;
  /** Pieces of each limited item that it may still be handed out this month. */
  readonly remaining: readonly { readonly goodsId: string; readonly pieces: number }[];
  /** Its valid card's; null where the copy knows none. */
  readonly cardIssuedAtMs: number | null;
  /** The last entry of the book that the copy knew. */
  readonly entry: number;
}
