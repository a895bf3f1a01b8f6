import { computed } from 'vue';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import { businessDay } from '../../../shared/business-day.ts';
import { VILLAGE_TIME_ZONE } from '../../i18n/format.ts';
import type { CopiedHousehold, VillageCopy } from '../../copy/copy.ts';
import type { Station } from '../composables/station.ts';
import type { AloneRefusal, ShiftAlone } from '../shift-alone.ts';
import { rowSlip } from '../counter/row-slip.ts';
import type { Household, Question, Redemption, WithoutNetwork } from '../counter/state.ts';
import {
  bookedHandOvers,
  type HandOver,
  handOversAfter,
  unsentHandOvers,
  withHandOvers,
} from '../shift-figures.ts';
import type { CounterOutbox } from './counter-rows.ts';
import type { FoundByName } from './find-by-name.ts';

/** Everything that the counter can do by itself, while the server is gone. */
export interface WithoutServer {
  /** The amounts; null: without an answer nothing is handed out. */
  readonly limits: () => WithoutNetwork | null;
  /** Resolves when a copy that is being opened is there. */
  readonly opened: () => Promise<void>;
  /** Null: the copy does not know it. */
  readonly lookUp: (question: Question) => Promise<Household | null>;
  /** Households by the head's name. Null: the copy cannot tell. */
  readonly find: (name: string) => Promise<FoundByName | null>;
  /** A household as the server told it, without what was handed out here and is not booked yet. */
  readonly lessUnsent: (household: Household) => Household;
  /** Slips of this device's hand-overs, the newest first. */
  readonly slips: (which: 'unsent' | 'all') => Promise<readonly Redemption[]>;
  /** The list in the copy. */
  readonly goods: () => Promise<readonly GoodsItem[]>;
  /** Pieces of each item that were handed out here and are not booked yet. */
  readonly unsentPieces: () => ReadonlyMap<string, number>;
  readonly shift: ShiftAlone;
}

interface Parts {
  readonly outbox: Pick<CounterOutbox, 'rows' | 'isSigning' | 'append'>;
  readonly copy: () => VillageCopy | null;
  /** Resolves when a copy that is being opened is there. */
  readonly opened: () => Promise<void>;
  readonly station: Pick<Station, 'state'>;
  readonly now: () => number;
  /** The server's time as far as this device believes its own clock. */
  readonly serverMs: () => number;
  readonly newKey: () => string;
}

const SLIPS_MOST = 50;

/** A card that was found in the copy counts as long as one that the server has seen. */
const CARD_COUNTS_MS = 15 * 60_000;

export function createWithoutServer(parts: Parts): WithoutServer {
  const { outbox, copy, opened, station, now, serverMs } = parts;
  const unsent = computed(() => unsentHandOvers(outbox.rows.value));
  const nameOf = async ({ body }: HandOver) => (await copy()?.byNumber(body.householdNumber))?.name ?? '';
  const booked = computed(() => bookedHandOvers(outbox.rows.value));
  // The server counts undone hand-overs towards the day, too.
  const pointsToday = (id: string, all: readonly HandOver[]) => {
    const timeZone = copy()?.standing()?.rules.timeZone ?? VILLAGE_TIME_ZONE;
    const today = businessDay(serverMs(), timeZone);
    // A later day than today's is one of a clock that ran ahead: it counts.
    const isToday = ({ doneAtMs }: HandOver) => businessDay(doneAtMs, timeZone) >= today;
    return pointsOf(all.filter((one) => one.body.householdId === id && isToday(one)));
  };

  return {
    limits() {
      const limits = station.state.value?.village.withoutNetwork ?? null;
      const known = copy();
      // Without a copy nobody knows whose household it is, nor which day the village has.
      if (limits === null || known === null || !outbox.isSigning() || !known.standing()) return null;
      const onDuty = station.state.value?.shift?.volunteerId ?? '';
      return {
        household: limits.householdHundredths,
        left: Math.max(0, limits.kioskHundredths - pointsOf(unsent.value)),
        spentHere: (id) => pointsToday(id, unsent.value),
        bookedHere: (id) => pointsToday(id, booked.value),
        isOwn: (id) => known.isOwn(onDuty, id),
      };
    },
    opened,
    async lookUp(question) {
      await opened();
      const known = copy();
      const standing = known?.standing() ?? null;
      if (known === null || standing === null) return null;
      const byCard = 'card' in question;
      const found = await (byCard ? known.byCard(question.card) : known.byNumber(question.number));
      if (found === null) return null;
      const household = copied(found, byCard, standing.asOfMs, { nowMs: now(), serverMs: serverMs() });
      // The copy knows nothing of what this counter had booked since.
      const since = pointsToday(found.id, bookedHandOvers(outbox.rows.value, found.entry));
      const redeemedToday = household.redeemedToday + since;
      return less({ ...household, redeemedToday }, handOversAfter(outbox.rows.value, found.entry));
    },
    async find(name) {
      await opened();
      const found = (await copy()?.find(name)) ?? null;
      if (found === null) return null;
      const items = found.items.map(({ id, number, name: head, group }) => ({ id, number, head, group }));
      return { items, more: found.more, isCopied: true };
    },
    async slips(which) {
      const all = which === 'all' ? handOversAfter(outbox.rows.value, 0) : unsent.value;
      const isUnsent = new Set(unsent.value.map(({ key }) => key));
      const newest = all.slice(-SLIPS_MOST).toReversed();
      await opened();
      const slips = newest.map(async (one) => slipOf(one, await nameOf(one), isUnsent.has(one.key)));
      return Promise.all(slips);
    },
    lessUnsent: (household) => less(household, unsent.value),
    async goods() {
      await opened();
      return copy()?.goods() ?? [];
    },
    unsentPieces() {
      const pieces = new Map<string, number>();
      for (const { body, isUndone } of unsent.value)
        if (!isUndone)
          for (const { goodsId, quantity } of body.lines)
            pieces.set(goodsId, (pieces.get(goodsId) ?? 0) + quantity);
      return pieces;
    },
    shift: createShiftAlone(parts, () => unsent.value),
  };
}

function createShiftAlone(
  { outbox, copy, opened, station, now, newKey }: Parts,
  unsent: () => readonly HandOver[],
): ShiftAlone {
  const writeBegin = (shift: string, volunteerId: string) =>
    outbox.append('kiosk.beginShift', { key: newKey(), shift, body: { volunteerId } }, 'here');

  async function check(volunteerId: string, pin: string): Promise<AloneRefusal | null> {
    await opened();
    const known = copy();
    // A copy of nobody's village, or one that is too old, lets nobody in.
    if (known === null || known.standing()?.isTooOld !== false) return 'unchecked';
    const checked = await known.checkVolunteer(volunteerId, pin).catch(() => 'unchecked' as const);
    return checked === 'right' ? null : checked;
  }

  return {
    check,
    async begin(volunteerId, pin) {
      const refused = await check(volunteerId, pin);
      if (refused !== null) return refused;
      const id = newKey();
      const { isKept } = await writeBegin(id, volunteerId);
      if (!isKept) return 'notKept';
      const volunteer = station.state.value?.volunteers.find((one) => one.id === volunteerId)?.name ?? '';
      return { id, volunteerId, volunteer, startedAtMs: now() };
    },
    async note({ shiftId, volunteerId }) {
      if (station.state.value?.village.withoutNetwork) await writeBegin(shiftId, volunteerId);
    },
    async end(shift, counts) {
      const whole = counts?.map(({ reason = null, remark = '', ...count }) => ({ ...count, reason, remark }));
      const row = { key: newKey(), shift, body: whole ? { counts: whole } : {} };
      const { isKept } = await outbox.append('kiosk.endShift', row, 'here');
      return isKept;
    },
    figures: (shift) => withHandOvers(shift, unsent()),
  };
}

/** The copy knows enough to serve by the card alone. The server sees to the rest when it hears of it. */
function copied(
  found: CopiedHousehold,
  byCard: boolean,
  asOfMs: number,
  { nowMs, serverMs }: { readonly nowMs: number; readonly serverMs: number },
): Household {
  const { id, number, name: head, group, balance, remaining, redeemedToday, cardIssuedAtMs } = found;
  const presence = {
    token: '',
    how: byCard ? 'card' : 'number',
    expiresAtMs: nowMs + CARD_COUNTS_MS,
  } as const;
  return {
    ...{ id, number, head, group, balance, redeemedToday, remaining: [...remaining] },
    ...{ pin: { isSet: true, waitSeconds: 0 }, pinAbove: null, vouching: null },
    newSince: isNew(cardIssuedAtMs, serverMs) ? { what: 'card', sinceMs: cardIssuedAtMs ?? 0 } : null,
    copiedAtMs: asOfMs,
    presence: byCard && cardIssuedAtMs !== null ? { ...presence, cardIssuedAtMs } : presence,
  };
}

/** The server asks for a second person for so long. */
function isNew(issuedAtMs: number | null, nowMs: number): boolean {
  return issuedAtMs !== null && nowMs - issuedAtMs < 24 * 3_600_000;
}

function less(household: Household, handOvers: readonly HandOver[]): Household {
  const own = handOvers.filter(({ body, isUndone }) => body.householdId === household.id && !isUndone);
  if (own.length === 0) return household;
  const taken = (goodsId: string) =>
    own
      .flatMap(({ body }) => body.lines)
      .filter((line) => line.goodsId === goodsId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...household,
    balance: household.balance - pointsOf(own),
    remaining: household.remaining.map(({ goodsId, pieces }) => ({
      goodsId,
      pieces: Math.max(0, pieces - taken(goodsId)),
    })),
  };
}

function pointsOf(handOvers: readonly HandOver[]): number {
  return handOvers.reduce((sum, { body }) => sum + body.points, 0);
}

function slipOf(
  { key, number: rowNumber, atMs, body, isUndone: undone }: HandOver,
  head: string,
  isUnsent: boolean,
): Redemption {
  const { householdId: id, householdNumber: number } = body;
  const known = { household: { id, number, head }, undone, ...(isUnsent ? { rowNumber } : {}) };
  return rowSlip({ key, atMs, content: body }, known);
}
