/** One thing to look at in a paper: where, what stands there, and what about it. */
export interface Finding {
  readonly where: string;
  readonly column?: string | null;
  readonly value: string;
  readonly reason: string;
}
