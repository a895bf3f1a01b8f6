import { createHmac } from 'node:crypto';
import type { Reader } from '../../db/index.ts';
import type { CopyChanges, WholeCopy } from '../../shared/copy/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import { type Popularity, shopShelf } from '../goods/index.ts';
import type { VillageContext } from '../http/index.ts';
import { deviceMark, servingVolunteers } from '../kiosk/index.ts';
import { type Head, hashOfEntry, readHead, type Touched, touchedSince } from '../ledger/index.ts';
import { copiedHouseholds } from './copied-households.ts';

export interface CopyAt {
  readonly reader: Reader;
  readonly village: VillageContext;
  readonly villageId: string;
  readonly kioskId: string;
  readonly nowMs: number;
  readonly today: string;
  readonly popularity: Popularity;
  readonly householdHundredths: number;
}

/** A device that is further behind takes the whole again, so that no question reads more of the book than this. */
const ENTRIES_MOST = 5000;

/** Reads the whole copy of a village for one kiosk. */
export async function wholeCopy(at: CopyAt): Promise<WholeCopy> {
  const head = await headOf(at);
  const goods = await goodsOf(at);
  const cardKey = await cardKeyOf(at);
  const households = await copiedHouseholds({ ...at, cardKey, limited: limitedOf(goods) }, 'all');
  return { ...(await standingOf(at, head)), cardKey: cardKey.toString('base64url'), goods, households };
}

interface Since {
  readonly since: number;
  readonly mark: string;
  /** The day of the device's copy. */
  readonly day: string;
}

/** Reads what changed in a copy since an entry. Refuses with copy.begin_anew where that entry is not of this book. */
export async function changedCopy(at: CopyAt, { since, mark, day }: Since): Promise<CopyChanges> {
  const head = await headOf(at);
  if (since > head.number || head.number - since > ENTRIES_MOST || (await markAt(at, head, since)) !== mark)
    throw new Refusal('copy.begin_anew');
  const touched = await touchedSince(at.reader, at.villageId, since);
  const goods = await goodsOf(at);
  const moved = new Set(ownersOf(touched, 'shelf'));
  const changesGoods = day !== at.today || changesLooks(touched);
  const ids = householdsIn(touched);
  const asked = changesLimits(touched) ? 'all' : ids;
  const households = await copiedHouseholds(
    { ...at, cardKey: await cardKeyOf(at), limited: limitedOf(goods) },
    asked,
  );
  const open = new Set(households.map(({ id }) => id));
  return {
    ...(await standingOf(at, head)),
    households,
    gone: ids.filter((id) => !open.has(id)),
    goods: changesGoods ? goods : null,
    stock: changesGoods
      ? []
      : goods.flatMap(({ id, stock }) =>
          moved.has(id) && stock !== null ? [{ goodsId: id, pieces: stock }] : [],
        ),
  };
}

async function headOf({ reader, villageId }: CopyAt): Promise<Head> {
  const head = await readHead(reader, villageId);
  if (head === null) throw new Error(`the village ${villageId} has no book`);
  return head;
}

async function standingOf(at: CopyAt, head: Head) {
  const { reader, village, nowMs: atMs, today: day, householdHundredths } = at;
  const { timeZone, pinAboveHundredths: pinAbove, copyDaysMost: copyDays } = village.settings;
  const kioskHundredths = village.settings.withoutNetworkKioskHundredths;
  return {
    ...{ entry: head.number, mark: markOf(head.hash), atMs, day },
    rules: { timeZone, pinAbove, householdHundredths, kioskHundredths, copyDays },
    volunteers: await servingVolunteers(reader, village),
  };
}

function markOf(hash: string): string {
  return hash.slice(0, 16);
}

async function markAt({ reader, villageId }: CopyAt, head: Head, number: number): Promise<string> {
  if (number === head.number) return markOf(head.hash);
  // Nothing stands before the first entry, and a copy that was taken then holds nothing worth a comparison.
  return number === 0 ? '' : markOf((await hashOfEntry(reader, villageId, number)) ?? '');
}

async function goodsOf({ reader, villageId, popularity, today }: CopyAt): Promise<GoodsItem[]> {
  return shopShelf(reader, villageId, await popularity.ranks(reader, villageId, today), today);
}

function limitedOf(goods: readonly GoodsItem[]): ReadonlySet<string> {
  return new Set(goods.flatMap(({ id, monthlyLimit }) => (monthlyLimit === null ? [] : [id])));
}

/** Another key on each device and after each pairing, and nothing that the server would have to keep. */
async function cardKeyOf({ reader, villageId, kioskId }: CopyAt): Promise<Buffer> {
  return createHmac('sha256', await deviceMark(reader, villageId, kioskId))
    .update('jishan card hashes of a copy')
    .digest();
}

function ownersOf({ accounts }: Touched, ...kinds: readonly string[]): string[] {
  return accounts.flatMap(({ kind, ownerId }) => (kinds.includes(kind) ? [ownerId] : []));
}

const HOUSEHOLD = 'household:';

/** Households that a posting or an act touched. The facts of an act about a household are owned by it. */
function householdsIn(touched: Touched): string[] {
  const acted = touched.sources.filter((source) => source.startsWith(HOUSEHOLD));
  return [
    ...new Set([
      ...ownersOf(touched, 'household', 'held'),
      ...acted.map((source) => source.slice(HOUSEHOLD.length)),
      ...touched.facts.flatMap(({ ownerId }) => ownerId ?? []),
    ]),
  ];
}

/** Whether an act may have changed how goods look or what they cost, or which there are. */
function changesLooks({ sources, facts }: Touched): boolean {
  return (
    sources.some((source) => source.startsWith('goods:')) ||
    facts.some(({ name }) => name.startsWith('thing.goods.'))
  );
}

/** Whether the items that households are counted for may be others now. */
function changesLimits({ facts }: Touched): boolean {
  return facts.some(
    ({ name }) => /^(?:was|is)\.(?:monthlyLimit|enabled)$/.test(name) || name.startsWith('thing.goods.'),
  );
}
