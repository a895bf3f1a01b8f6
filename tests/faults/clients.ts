/** Many clients at work. They remember each write's key and answer outside the server. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../server/demo/dice.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { addressOf, type AnswerOf, type ProblemBody, requestOf } from '../support/server.ts';
import { PRICE, type Who, type WorkingVillage } from './working-village.ts';

/** One write of a client, and its answer so far. */
export interface Intent {
  readonly id: EndpointId;
  readonly as: Who;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly key: string;
  /** Null until an answer says that the write is done or refused. */
  answer: Answer | null;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
}

export type Unanswered = 'cut' | ProblemBody;

/** A retry whose answer differs from the first answer. */
export interface Contradiction {
  readonly key: string;
  readonly before: Answer;
  readonly after: Answer;
}

const AT_ONCE = 24;
const WAITS_MOST_MS = 60_000;

export class Clients {
  readonly intents: Intent[] = [];
  /** The number of "try again" answers by code. */
  readonly triedAgain = new Map<string, number>();
  private readonly village: WorkingVillage;
  private readonly dice: Dice;
  private readonly undecided: string[] = [];
  private readonly presences = new Map<string, AnswerOf<'kiosk.lookup'>['presence']>();
  url = '';

  constructor(village: WorkingVillage, dice: Dice) {
    this.village = village;
    this.dice = dice;
  }

  /** Sends writes from many connections at once, until `signal` aborts or the server does not answer. */
  async work(signal: AbortSignal): Promise<void> {
    const until = (answered: boolean) => !answered || signal.aborted;
    await this.crowd(async () => {
      while (!until(await this.doSomething(false)));
    });
  }

  /** Does the same as `work`, but repeats an unanswered write with its key until it is answered. */
  async persist(signal: AbortSignal): Promise<void> {
    await this.crowd(async () => {
      while (!signal.aborted) await this.doSomething(true);
    });
  }

  /** Repeats the unanswered and the successful writes since `from`. Returns answers that contradict earlier ones. */
  async askAgain(from = 0): Promise<Contradiction[]> {
    const queue = this.intents.slice(from);
    const found: Contradiction[] = [];
    await this.crowd(async () => {
      for (let intent = queue.pop(); intent; intent = queue.pop()) {
        const before = intent.answer;
        // A repeated write may succeed after a refusal, because the reason may have gone.
        if (before && before.status !== 200) continue;
        const after = await this.until(intent);
        if (!before) intent.answer = after;
        else if (after.status !== 200 || after.text !== before.text || !after.replayed)
          found.push({ key: intent.key, before, after });
      }
    });
    return found;
  }

  unanswered(): number {
    return this.intents.filter(({ answer }) => answer === null).length;
  }

  private async crowd(one: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  /** Sends one random write. Returns false when it got no answer. */
  private async doSomething(persists: boolean): Promise<boolean> {
    const act = async (intent: Intent): Promise<boolean> => {
      this.intents.push(intent);
      const answer = persists ? await this.until(intent) : await this.send(intent);
      if (!isAnswer(answer)) return false;
      intent.answer = answer;
      return true;
    };
    const chance = this.dice.below(100);
    if (chance < 35) {
      const proposal = this.award();
      if (!(await act(proposal))) return false;
      this.undecided.push(...(JSON.parse(proposal.answer?.text ?? '') as { ids: string[] }).ids);
      const decision = await this.decide();
      return decision === null ? false : act(decision);
    }
    if (chance < 50) return act(this.delivery());
    const redemption = await this.redemption();
    if (redemption === null) {
      await sleep(20);
      return false;
    }
    if (!(await act(redemption))) return false;
    if (redemption.answer?.status !== 200 || this.dice.percent(70)) return true;
    const { id } = JSON.parse(redemption.answer.text) as AnswerOf<'kiosk.redeem'>;
    return act(this.intent('kiosk.undo', redemption.as, {}, { id }));
  }

  private award(): Intent {
    const householdIds = this.dice.draw(this.village.householdIds, this.dice.between(1, 4));
    return this.intent('proposals.create', 'maker', { ruleId: this.village.ruleId, householdIds });
  }

  /** Looks at some proposals and approves them; null where the look got no good answer. */
  private async decide(): Promise<Intent | null> {
    const ids = this.undecided.splice(0, 4);
    if (ids.length === 0) return this.delivery();
    const marks: string[] = [];
    for (const id of ids) {
      const seen = await this.send(this.intent('proposals.get', 'approver', {}, { id }));
      if (!isAnswer(seen) || seen.status !== 200) return null;
      marks.push((JSON.parse(seen.text) as AnswerOf<'proposals.get'>).mark);
    }
    return this.intent('proposals.decide', 'approver', { action: 'approve', ids, marks });
  }

  private delivery(): Intent {
    const body = { quantity: this.dice.between(1, 9), totalCostFen: this.dice.below(900), source: 'donated' };
    return this.intent('goods.stockIn', 'maker', body, { id: this.dice.pick(this.village.goodsIds) });
  }

  /** A basket after its card was scanned; null where the look-up got no good answer. */
  private async redemption(): Promise<Intent | null> {
    const goods = this.dice.draw(this.village.goodsIds, this.dice.between(1, 3));
    const lines = goods.map((goodsId) => ({ goodsId, quantity: this.dice.between(1, 2) }));
    const expectedPoints = lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0);
    const householdId = this.dice.pick(this.village.householdIds);
    const kiosk = this.dice.pick(this.village.kiosks);
    const presence = await this.scan(kiosk, householdId);
    if (presence === null) return null;
    return this.intent('kiosk.redeem', kiosk, { householdId, lines, expectedPoints, presence });
  }

  /** Shows the household's card at a kiosk, unless it did a moment ago. */
  private async scan(kiosk: Who, householdId: string): Promise<string | null> {
    const name = `${kiosk} ${householdId}`;
    const known = this.presences.get(name);
    if (known && known.expiresAtMs > Date.now() + 2 * WAITS_MOST_MS) return known.token;
    const card = this.village.cards.get(householdId);
    const looked = await this.send(this.intent('kiosk.lookup', kiosk, { card }));
    if (!isAnswer(looked) || looked.status !== 200) return null;
    const { presence } = JSON.parse(looked.text) as AnswerOf<'kiosk.lookup'>;
    this.presences.set(name, presence);
    return presence.token;
  }

  private intent(id: EndpointId, as: Who, body: unknown, params: Record<string, string> = {}): Intent {
    return { id, as, params, body, key: randomBytes(12).toString('hex'), answer: null };
  }

  /** Sends the write until it is answered. Fails after a minute without any answer. */
  private async until(intent: Intent): Promise<Answer> {
    const giveUpAt = performance.now() + WAITS_MOST_MS;
    for (;;) {
      const answer = await this.send(intent);
      if (isAnswer(answer)) return answer;
      if (performance.now() > giveUpAt)
        throw new Error(`${intent.id} was never answered: ${JSON.stringify(answer)}`);
      await sleep(100);
    }
  }

  private async send(intent: Intent): Promise<Answer | Unanswered> {
    const { id, as, params, body, key } = intent;
    try {
      const sent = { as: this.village.keyring.of(as), params, body, key };
      const request = { ...requestOf(id, sent), signal: AbortSignal.timeout(WAITS_MOST_MS) };
      const response = await fetch(`${this.url}${addressOf(id, sent)}`, request);
      const text = await response.text();
      const { status, headers } = response;
      if (status < 400) return { status, text, replayed: headers.get('Idempotency-Replayed') === 'true' };
      return await this.problem(intent, JSON.parse(text) as ProblemBody, response);
    } catch (error) {
      if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError'))
        return 'cut';
      throw error;
    }
  }

  private async problem(
    intent: Intent,
    problem: ProblemBody,
    { status, headers }: Response,
  ): Promise<Answer | Unanswered> {
    if (problem.kind === 'bug') throw new Error(`${intent.id}: ${JSON.stringify(problem)}`);
    if (problem.code === 'auth.expired' && (intent.as === 'maker' || intent.as === 'approver')) {
      await this.village.keyring.logIn(this.url, intent.as);
      return problem;
    }
    if (problem.kind === 'refused') return { status, text: JSON.stringify(problem), replayed: false };
    if (headers.get('Retry-After') === null) throw new Error(`${problem.code} without Retry-After`);
    this.triedAgain.set(problem.code, (this.triedAgain.get(problem.code) ?? 0) + 1);
    return problem;
  }
}

function isAnswer(answer: Answer | Unanswered): answer is Answer {
  return answer !== 'cut' && 'text' in answer;
}
