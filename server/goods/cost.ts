/**
 * The cost that goes with `pieces` of a stock of `stock` pieces which cost `costFen` together: their share,
 * rounded down, and everything with the last piece, so that an empty shelf never keeps a cost.
 */
export function shareOfCostFen(costFen: number, pieces: number, stock: number): number {
  if (pieces === stock) return costFen;
  if (stock <= 0) return 0;
  return Number((BigInt(costFen) * BigInt(pieces)) / BigInt(stock));
}
