import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, BodyOf, Failure } from '../../api/index.ts';
import type { Voice } from './createVoice.ts';
import type { Station } from './station.ts';

export type Statement = AnswerOf<'kiosk.statement'>;

/** Balance and last lines for a household without a phone, whether somebody is on duty or not. */
export interface StatementDesk {
  readonly view: Readonly<Ref<'closed' | 'asking' | 'shown'>>;
  readonly isLoading: Readonly<Ref<boolean>>;
  readonly statement: Readonly<ShallowRef<Statement | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Asks whose it shall be. */
  readonly open: () => void;
  readonly show: (whose: BodyOf<'kiosk.statement'>) => Promise<void>;
  readonly close: () => void;
}

interface StatementParts {
  readonly station: Station;
  readonly voice: Voice;
  /** Not while something is on its way at the counter, nor while somebody signs in: it would lie over both. */
  readonly mayOpen: () => boolean;
}

export function createStatementDesk({ station, voice, mayOpen }: StatementParts): StatementDesk {
  const view = ref<'closed' | 'asking' | 'shown'>('closed');
  const isLoading = ref(false);
  const statement = shallowRef<Statement | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let latest = 0;

  function turnTo(next: 'closed' | 'asking'): void {
    latest += 1;
    view.value = next;
    isLoading.value = false;
    statement.value = null;
    failure.value = null;
  }

  async function show(whose: BodyOf<'kiosk.statement'>): Promise<void> {
    if (!mayOpen()) return;
    // The statement that another card brought to the screen leaves it at once.
    turnTo('asking');
    const mine = latest;
    isLoading.value = true;
    if ('card' in whose) voice.sound('card');
    const outcome = await station.api.call('kiosk.statement', { body: whose, timeoutMs: ANSWER_LIMIT_MS });
    if (mine !== latest) return;
    isLoading.value = false;
    if (outcome.kind === 'answer') {
      statement.value = outcome.data;
      view.value = 'shown';
    } else {
      failure.value = outcome;
      voice.sound('error');
    }
  }

  return {
    view,
    isLoading,
    statement,
    failure,
    open() {
      if (mayOpen()) turnTo('asking');
    },
    show,
    close: () => turnTo('closed'),
  };
}
