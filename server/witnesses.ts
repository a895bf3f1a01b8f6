import { isRedemption } from '../shared/kiosk/entry-kinds.ts';
import type { Reader } from '../db/index.ts';
import type { PassbookLine } from '../shared/ledger/passbook.ts';

/** The volunteers beside the one on duty who typed their PINs for a redemption. */
export interface Witnesses {
  /** The household showed neither card nor PIN and was vouched for; or its card or PIN was new. */
  readonly why: 'vouched' | 'new';
  readonly ids: readonly string[];
}

/** Finds who typed a PIN for these entries, by number of entry. Nobody did for those that are missing. */
export type WitnessesOf = (
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
) => Promise<ReadonlyMap<number, Witnesses>>;

type Line = Pick<PassbookLine, 'number' | 'kind'>;

/** Finds the witnesses of the lines of a passbook, each by the name of then. */
export async function witnessedIn(
  { reader, villageId, lines }: { reader: Reader; villageId: string; lines: readonly Line[] },
  witnessesOf: WitnessesOf,
  nameOf: (id: string, number: number) => string,
): Promise<(line: Line) => PassbookLine['witnessed']> {
  const redeemed = lines.filter(({ kind }) => isRedemption(kind)).map(({ number }) => number);
  const found =
    redeemed.length === 0 ? new Map<number, Witnesses>() : await witnessesOf(reader, villageId, redeemed);
  return ({ number }) => {
    const one = found.get(number);
    return one ? { why: one.why, names: one.ids.map((id) => nameOf(id, number)) } : null;
  };
}
