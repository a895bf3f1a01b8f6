import { parseHundredths } from '../../../shared/points.ts';

/** Yuan as typed ("25", "25.5") into fen; null for anything that is not an amount of money. */
export function parseFen(yuan: string): number | null {
  const fen = parseHundredths(yuan);
  return fen === null || fen < 0 ? null : fen;
}
