import { failureWords } from '../../ui/failure-words.ts';
import type { StripState, Waiting } from './strip-state.ts';
import type { OutboxText } from './text.ts';

type T = OutboxText['t'];

/** The strip in two parts: the state, and how much waits. */
export interface StripWords {
  readonly lead: string;
  readonly more: string;
}

export function stripWords(state: StripState, waiting: Waiting, t: T): StripWords {
  return { lead: leadOf(state, t), more: state.is === 'gone' ? '' : waitingWords(waiting, t) };
}

function leadOf(state: StripState, t: T): string {
  switch (state.is) {
    case 'offline':
      return t(`strip.offline.${state.mayHandOut}`);
    case 'told':
      return toldWords(state.tally, t);
    case 'clock':
      return clockWords(state.offsetMs, t);
    case 'fine':
      return '';
    default:
      return t(`strip.${state.is}`);
  }
}

function waitingWords({ rows, handOvers }: Waiting, t: T): string {
  if (rows.length === 0) return '';
  return handOvers === 0 ? t('strip.waitingShifts') : t('strip.waiting', { n: handOvers });
}

export function toldWords({ booked, marked, refused }: (StripState & { is: 'told' })['tally'], t: T): string {
  if (refused > 0) return t('strip.toldRefused', { refused });
  return marked > 0 ? t('strip.toldMarked', { n: booked, marked }) : t('strip.told', { n: booked });
}

/** How wrong the device's clock is, in words people use. */
export function clockWords(offsetMs: number, t: T): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const [hours, days] = [Math.round(minutes / 60), Math.round(minutes / 1440)];
  const span =
    minutes < 100
      ? t('strip.span.minutes', { n: minutes })
      : hours < 48
        ? t('strip.span.hours', { n: hours })
        : t('strip.span.days', { n: days });
  return t(offsetMs > 0 ? 'strip.clockSlow' : 'strip.clockFast', { span });
}

/** The words beneath the rows: the meaning, and the thing to do. */
export function whyWords(
  state: StripState,
  waiting: Waiting,
  t: T,
  common: Parameters<typeof failureWords>[2],
): string {
  switch (state.is) {
    case 'offline':
      if (state.mayHandOut === 'yes' || waiting.rows.length === 0) return t(`strip.why.${state.mayHandOut}`);
      return t('strip.why.offWaiting');
    case 'blocked': {
      const { title, detail } = failureWords(state.failure, false, common);
      return t('strip.why.blocked', { detail: `${title} ${detail}` });
    }
    case 'gone':
      return t('move.goneLead', { address: state.to });
    case 'sending':
    case 'held':
      return t(`strip.why.${state.is}`);
    default:
      return '';
  }
}
