import type { AnswerOf } from '../../api/index.ts';
import { useDesk } from '../desk.ts';
import { useDeskIntent, type DeskIntent } from '../intents/useDeskIntent.ts';
import type { Reached } from '../parts/useAddress.ts';
import { useText } from '../text.ts';

export interface AddressChoice {
  readonly intent: DeskIntent<'address.choose'>;
  /** Remembers the address; whether the router keeps it is asked anew. */
  readonly choose: (origin: string) => Promise<unknown>;
  /** Notes whether the router keeps the address that was chosen. */
  readonly setKept: (isKept: boolean) => Promise<unknown>;
}

/** Chooses the village's address, wherever on the desk that is asked. */
export function useAddressChoice(reached: () => Reached): AddressChoice {
  const desk = useDesk();
  const { t } = useText();
  const intent = useDeskIntent<'address.choose'>({
    kind: 'address',
    words: () => t('address.choose'),
    booked(answer: AnswerOf<'address.choose'>) {
      reached().take(answer);
      const { chosen } = answer;
      if (chosen === null) return;
      desk.say(
        chosen.isKept
          ? t('address.keptSaid', { host: hostOf(chosen.origin) })
          : t('address.chosen', { address: chosen.origin }),
      );
    },
  });
  return {
    intent,
    choose: (origin) => intent.send('address.choose', { body: { origin, isKept: false } }),
    setKept(isKept) {
      const origin = reached().standing?.chosen?.origin ?? reached().origin;
      return intent.send('address.choose', { body: { origin, isKept } });
    },
  };
}

export function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
