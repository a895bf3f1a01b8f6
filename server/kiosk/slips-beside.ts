import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import type { slipsBeside as shape } from '../../shared/kiosk/slips-contract.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type AccountLine, linesUpTo } from '../ledger/index.ts';
import { redemptionOfSource } from './redemption-source.ts';
import { slipByNumber } from './receipts.ts';

type Beside = z.input<typeof shape>;
type Handed = Pick<Beside['accounts'][number]['lines'][number], 'kiosk' | 'volunteer'>;

interface Asked {
  /** The entry of the redemption. */
  readonly entry: number;
  /** The last entry that the device knew. */
  readonly after: number;
}

/** More lines of one account are not shown. */
const LINES_MOST = 8;

/**
 * Reads the entries that moved the household's points and the pieces of each item since the device's copy, the redemption
 * itself first: somebody sees which other slip took what was missing. Refuses with redemption.not_found.
 */
export async function slipsBeside(
  reader: Reader,
  villageId: string,
  { entry, after }: Asked,
): Promise<Beside> {
  const { receipt } = await slipByNumber(reader, villageId, entry);
  const items = new Map(receipt.lines.map(({ goodsId, name, unit }) => [goodsId, { name, unit }]));
  const wanted = [
    { item: null, account: householdAccount(receipt.household.id) },
    ...Array.from(items, ([goodsId, item]) => ({ item, account: goodsAccount('shelf', goodsId) })),
  ];
  const found = [];
  for (const { item, account } of wanted) {
    const page = { entry, limit: LINES_MOST + 1 };
    const since = (await linesUpTo(reader, villageId, account, page)).filter(
      ({ number }) => number > after || number === entry,
    );
    // A service and a loan move no pieces.
    if (since.length > 0)
      found.push({ item, lines: since.slice(0, LINES_MOST), more: since.length > LINES_MOST });
  }
  const handed = await handedBy(
    reader,
    villageId,
    found.flatMap(({ lines }) => lines),
  );
  return {
    accounts: found.map(({ lines, ...account }) => ({
      ...account,
      lines: lines.map((line) => ({
        ...{ number: line.number, kind: line.kind, title: line.text.title, amount: line.amount },
        ...{ balanceAfter: line.balanceAfter, bookedAtMs: line.bookedAtMs },
        ...(handed.get(redemptionOfSource(line.source) ?? '') ?? { kiosk: null, volunteer: null }),
      })),
    })),
  };
}

/** The kiosks and volunteers that handed out, by redemption. */
async function handedBy(
  { db, t: { redemptions, kiosks, volunteers } }: Reader,
  villageId: string,
  lines: readonly AccountLine[],
): Promise<ReadonlyMap<string, Handed>> {
  const ids = new Set(lines.flatMap((line) => redemptionOfSource(line.source) ?? []));
  if (ids.size === 0) return new Map();
  const rows = await db
    .select({ id: redemptions.id, kiosk: kiosks.name, volunteer: volunteers.name })
    .from(redemptions)
    .innerJoin(kiosks, and(eq(kiosks.villageId, redemptions.villageId), eq(kiosks.id, redemptions.kioskId)))
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, redemptions.villageId), eq(volunteers.id, redemptions.volunteerId)),
    )
    .where(and(eq(redemptions.villageId, villageId), inArray(redemptions.id, [...ids])));
  return new Map(rows.map(({ id, ...handed }) => [id, handed]));
}
