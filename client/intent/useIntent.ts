import { onScopeDispose } from 'vue';
import { createIntent, type Intent, type IntentParts } from './intent.ts';

/**
 * An intent that lives as long as the screen that sends it. It is asked about when the network comes back, and no
 * more once the screen is gone: another household may be logged in by then.
 */
export function useIntent<Content, T>({
  send,
  booked,
  ...parts
}: IntentParts<Content, T>): Intent<Content, T> {
  let isGone = false;
  const intent = createIntent<Content, T>({
    ...parts,
    send: (content, key) =>
      isGone ? Promise.resolve({ kind: 'unknown', reason: 'unreachable' }) : send(content, key),
    booked: (...what) => (isGone ? undefined : booked?.(...what)),
  });
  const whenOnline = () => void intent.ask();
  window.addEventListener('online', whenOnline);
  onScopeDispose(() => {
    isGone = true;
    window.removeEventListener('online', whenOnline);
  });
  return intent;
}
