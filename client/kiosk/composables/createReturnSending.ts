import type { Failure } from '../../api/index.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Household, OwedReturn, Redemption } from '../counter/state.ts';
import { ANSWER_DUE_MS } from '../counter/without-network.ts';
import type { CounterRows } from '../ports/counter-rows.ts';
import type { ReturnState } from './createReturnState.ts';
import type { Voice } from './createVoice.ts';
import type { Station } from './station.ts';

export interface ReturnSendingParts {
  readonly station: Pick<Station, 'api' | 'canReachServer'>;
  readonly rows: Pick<CounterRows, 'keep' | 'returnOf' | 'note' | 'wake' | 'rowKeyOf'>;
  readonly voice: Voice;
  /** A key that nobody has used: each return that is written has its own. */
  readonly newKey: () => string;
  readonly now: () => number;
  readonly later: (ms: number, run: () => void) => void;
  /** It is booked: shelf, figures and the last redemption have changed. */
  readonly changed: () => void;
}

export interface ReturnWays {
  readonly confirm: () => Promise<void>;
  readonly askNow: () => void;
  /** The goods stay with the household; a return that was booked after all stands on the desk's list. */
  readonly giveUp: () => Promise<void>;
}

interface ReturnSending extends ReturnWays {
  readonly resume: (owed: OwedReturn) => Promise<void>;
  readonly fail: (told: Failure) => void;
}

const UNREACHABLE = { kind: 'unknown', reason: 'unreachable' } as const;

/** Writes a return to the disk, and waits until it is known what became of it: only then it is done. */
export function createReturnSending(desk: ReturnState, parts: ReturnSendingParts): ReturnSending {
  const { station, rows, voice, newKey, now, later, changed } = parts;
  const { view, slip, chosen, household, isBusy, owed, failure, unwritten, booked, turnTo } = desk;

  function fail(told: Failure): void {
    failure.value = told;
    voice.sound('error');
  }

  function failToWrite(what: 'notKept' | 'notNoted'): void {
    unwritten.value = what;
    voice.sound('error');
  }

  async function confirm(): Promise<void> {
    if (isBusy.value || owed.value !== null) return;
    const content = contentOf(slip.value, chosen.value, household.value, rows);
    if (content === null) return;
    const mine = desk.begin();
    const isThere = await station.canReachServer();
    if (mine !== desk.turn()) return;
    if (!isThere) {
      isBusy.value = false;
      fail(UNREACHABLE);
      return;
    }
    const asked: OwedReturn = { key: newKey(), kind: 'kiosk.return', sentAtMs: now(), content };
    owed.value = asked;
    const { isKept } = await rows.keep(asked, null);
    if (isKept) {
      await settle(asked);
      return;
    }
    owed.value = null;
    isBusy.value = false;
    failToWrite('notKept');
  }

  async function settle(asked: OwedReturn): Promise<void> {
    later(ANSWER_DUE_MS, () => {
      // Nobody waits with a name on the screen.
      if (owed.value === asked && view.value === 'choosing') turnTo('unanswered', null);
    });
    const result = await rows.returnOf(asked);
    // It was given up meanwhile.
    if (owed.value !== asked) return;
    if (result.is === 'booked') {
      owed.value = null;
      isBusy.value = false;
      unwritten.value = null;
      booked.value = result.receipt;
      view.value = 'done';
      voice.sound('done');
      changed();
      return;
    }
    // Another return of the slip may have been booked meanwhile: it says what is left.
    if (view.value === 'unanswered') await reread(asked.content.slip);
    owed.value = null;
    isBusy.value = false;
    // The card is shown again: it may be the card that was refused.
    household.value = null;
    if (result.is === 'refused') fail(result.failure);
    else if (result.is === 'gone') failToWrite('notKept');
  }

  async function reread(number: number): Promise<void> {
    desk.begin();
    const outcome = await station.api.call('kiosk.slip', { body: { number }, timeoutMs: ANSWER_LIMIT_MS });
    if (outcome.kind === 'answer') turnTo('choosing', outcome.data);
    else turnTo('asking', null);
  }

  return {
    fail,
    confirm,
    async resume(asked) {
      owed.value = asked;
      turnTo('unanswered', null);
      await settle(asked);
    },
    askNow: () => {
      rows.wake();
    },
    async giveUp() {
      const asked = owed.value;
      if (asked === null || view.value !== 'unanswered' || isBusy.value) return;
      desk.begin();
      const { isKept } = await rows.note(asked.key, 'given_up');
      // Its answer came first.
      if (owed.value !== asked) return;
      if (isKept) {
        owed.value = null;
        turnTo('closed', null);
        return;
      }
      isBusy.value = false;
      failToWrite('notNoted');
    },
  };
}

/** The return that the screen shows; null where something of it is missing. */
function contentOf(
  slip: Redemption | null,
  chosen: ReadonlyMap<string, number>,
  household: Household | null,
  { rowKeyOf }: Pick<CounterRows, 'rowKeyOf'>,
): OwedReturn['content'] | null {
  if (!slip || !household) return null;
  const lines = slip.lines.flatMap(({ goodsId, name, unit, price }) => {
    const quantity = chosen.get(goodsId) ?? 0;
    return quantity > 0 ? [{ goodsId, name, unit, quantity, price }] : [];
  });
  if (lines.length === 0) return null;
  return {
    // A restored server books it under another id: the row that handed out tells which.
    ...{ redemptionId: slip.id, follows: rowKeyOf(slip.journalNumber), slip: slip.journalNumber },
    ...{ householdId: household.id, householdNumber: slip.household.number, lines },
    points: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    presence: { token: household.presence.token },
  };
}
