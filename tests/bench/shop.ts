/** A village with households, points and full shelves, and kiosks at work in it. */
import { newKey } from '../../client/api/new-key.ts';
import { openStore } from '../../db/index.ts';
import { keysFor } from '../../server/config.ts';
import { type Presence, signPresence } from '../../server/kiosk/presence.ts';
import { confirmAtOnce } from '../support/confirm-at-once.ts';
import { cardCodeOf } from '../support/presence.ts';
import {
  createLedger,
  goodsAccount,
  householdAccount,
  type LineInput,
  orRefuse,
  stockCostAccount,
  villageAccount,
} from '../support/ledger.ts';
import { addGoods } from '../support/shop.ts';
import { SECRETS, serveOver } from '../support/served.ts';

export interface Shop {
  readonly villageId: string;
  readonly householdIds: readonly string[];
  readonly cards: readonly string[];
  /** The instants at which the households' cards were issued. The shops of the first version know neither these nor the counters. */
  readonly cardsIssuedAtMs?: readonly number[];
  readonly goodsIds: readonly string[];
  /** The headers of kiosks with a volunteer on duty. `phone` has those of the first household's phone. */
  readonly kiosks: readonly Headers[];
  /** The kiosks and shifts of those headers. */
  readonly counters?: readonly { readonly kioskId: string; readonly shiftId: string }[];
  readonly phone: Headers;
  /** A kiosk that is not paired yet, and a volunteer who may sign in on it. */
  readonly freeKiosk: { readonly pairingCode: string; readonly volunteer: string; readonly pin: string };
  readonly admin: { readonly username: string; readonly password: string };
  /** Agrees to what one person may not do alone; the shops of the first version have nobody like that. */
  readonly approver?: { readonly username: string; readonly password: string };
}

type Headers = Readonly<Record<string, string>>;

export interface Place {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

export const PRICE_HUNDREDTHS = 100;
const ENOUGH = 10 ** 9;
/** All households of a village have no more together than this. */
const ENOUGH_ALTOGETHER = 9 * 10 ** 11;
const GOODS = 8;

/** Fills an empty database through a server of its own, which has ended when this resolves. */
export async function openShop(
  { dataDir, databaseUrl }: Place,
  { households = 300, kiosks = 1 }: { households?: number; kiosks?: number } = {},
): Promise<Shop> {
  const open = () => openStore({ dataDir, databaseUrl, connectionsMax: 8 });
  const store = await open();
  const server = await serveOver({
    store,
    dataDir,
    databaseUrl,
    openAgain: open,
    remove: () => store.close(),
  });
  try {
    const householdIds: string[] = [];
    for (let index = 0; index < households; index += 1) {
      const body = { head: `王${index}`, group: `第${1 + (index % 6)}组` };
      householdIds.push((await server.must('households.create', { as: server.admin, body })).id);
    }
    const { items } = await server.must('cards.list', { as: server.admin, query: {} });
    const issuedAtMs = new Map(items.map((card) => [card.household.id, card.issuedAtMs]));
    const codes = new Map<string, string>();
    for (const id of householdIds) codes.set(id, (await cardCodeOf(server, id)) ?? '');
    const goodsIds: string[] = [];
    for (let index = 0; index < GOODS; index += 1)
      goodsIds.push((await addGoods(server, { price: PRICE_HUNDREDTHS })).id);
    const ledger = createLedger({ clock: Date.now });
    const enough = Math.min(ENOUGH, Math.floor(ENOUGH_ALTOGETHER / households));
    const bring = (from: LineInput['account'], to: LineInput['account']) =>
      store.transaction(async (tx) =>
        orRefuse(
          await ledger.post(tx, {
            villageId: server.id,
            kind: 'opening',
            // Before the years that big-book.ts adds, which would be back-dated otherwise.
            effectiveOn: '2023-10-01',
            idempotencyKey: newKey(),
            actorId: 'bench',
            lines: [
              { account: from, amount: -enough },
              { account: to, amount: enough },
            ],
          }),
        ),
      );
    for (const id of householdIds) await bring(villageAccount('opening'), householdAccount(id));
    for (const id of goodsIds) {
      await bring(goodsAccount('supplier', id), goodsAccount('shelf', id));
      await bring(villageAccount('funding'), stockCostAccount(id));
    }
    const callers = [];
    const counters = [];
    for (let index = 0; index < kiosks; index += 1) {
      const kiosk = await server.asKiosk();
      const { shift } = await server.must('kiosk.state', { as: kiosk });
      callers.push(kiosk.headers);
      counters.push({ kioskId: kiosk.device.id, shiftId: shift?.id ?? '' });
    }
    const { code: pairingCode } = await server.must('kiosks.create', {
      as: server.admin,
      body: { name: '柜台' },
    });
    const { volunteer, pin } = await server.must('volunteers.create', {
      as: server.admin,
      body: { name: '张志愿' },
    });
    await confirmAtOnce(server, volunteer.id);
    const approver = await server.asStaff('approver');
    return {
      villageId: server.id,
      householdIds,
      cards: householdIds.map((id) => codes.get(id) ?? ''),
      cardsIssuedAtMs: householdIds.map((id) => issuedAtMs.get(id) ?? 0),
      goodsIds,
      kiosks: callers,
      counters,
      freeKiosk: { pairingCode, volunteer: volunteer.name, pin },
      phone: (await server.asHousehold(householdIds[0] ?? '')).headers,
      admin: { username: server.admin.username, password: server.admin.password },
      approver: { username: approver.username, password: approver.password },
    };
  } finally {
    await server.remove();
  }
}

/** The administrator's headers. Their token expires after some minutes. */
export async function logIn(url: string, { admin }: Shop): Promise<Headers> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(admin),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { Authorization: `Bearer ${accessToken}` };
}

/** A kiosk's request to redeem one item, after the card was scanned there. Each index is another household's. */
export function redemption(
  shop: Shop,
  index: number,
  mint = newKey,
  kiosk = index,
): { key: string; body: string } {
  const at = <T>(list: readonly T[]): T => list[index % list.length] as T;
  return {
    key: mint(),
    body: JSON.stringify({
      householdId: at(shop.householdIds),
      lines: [{ goodsId: at(shop.goodsIds), quantity: 1 }],
      expectedPoints: PRICE_HUNDREDTHS,
      presence: presenceOf(shop, index % shop.householdIds.length, kiosk),
    }),
  };
}

const presenceKeys = keysFor(SECRETS, 'counter presences');
/** Presences by kiosk, shift and household. */
const signed = new Map<string, Presence>();

/** The presence that a look-up by the household's card would answer. Servers of benches have the tests' secret. */
function presenceOf(shop: Shop, household: number, kiosk: number): string | undefined {
  const counter = shop.counters?.[kiosk % shop.kiosks.length];
  const cardIssuedAtMs = shop.cardsIssuedAtMs?.[household];
  if (!counter || cardIssuedAtMs === undefined) return undefined;
  const place = { villageId: shop.villageId, ...counter, householdId: shop.householdIds[household] ?? '' };
  const nowMs = Date.now();
  const name = `${counter.shiftId} ${place.householdId}`;
  const known = signed.get(name);
  if (known && known.expiresAtMs > nowMs + 60_000) return known.token;
  const presence = signPresence(presenceKeys, place, { how: 'card', cardIssuedAtMs }, nowMs);
  signed.set(name, presence);
  return presence.token;
}
