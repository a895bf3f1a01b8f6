import { watch } from 'vue';
import { surnameIn } from '../../../shared/surname.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../text.ts';
import { useKiosk } from './useKiosk.ts';
import { useSettings } from './useSettings.ts';
import { useSpeech } from './useSpeech.ts';

/**
 * Says the balance after a card was read, and the sum and what is left after a hand-over, if this device is set to. Others
 * stand near: of the name it says the surname alone. A locked screen says nothing.
 */
export function useSpokenCounter(): void {
  const { t } = useText();
  const format = useFormat();
  const { counter, screenLock } = useKiosk();
  const { speaks } = useSettings();
  const { say, stop } = useSpeech();
  const mayTell = () => speaks.value && !screenLock.isLocked.value;

  watch(
    // A card that is read again is a new household object, and is answered again.
    () => counter.visit?.household,
    (household) => {
      const isByCard = counter.visit !== null && 'card' in counter.visit.asked;
      if (!household || !isByCard || !mayTell()) return;
      const family = surnameIn(household.head);
      say(t('spoken.card', { family, points: format.points(household.balance) }));
    },
  );
  watch(
    () => counter.receipt,
    (receipt, before) => {
      if (!receipt || receipt.id === before?.id || receipt.undone || !mayTell()) return;
      const points = format.points(receipt.points);
      if (receipt.balanceAfter === null) return;
      say(t('spoken.handedOut', { points, left: format.points(receipt.balanceAfter) }));
    },
  );
  watch(screenLock.isLocked, (isLocked) => {
    if (isLocked) stop();
  });
}
