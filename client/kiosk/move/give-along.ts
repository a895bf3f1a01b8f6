import { type Belongings, MOVE_FRAGMENT, moveMessage } from './belongings.ts';

export type GivenAlong = { readonly is: 'taken'; readonly rows: number } | { readonly is: 'failed' };

/** Somebody at the new address reads and presses: this is no network's pause. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Opens the page at the new address and hands it what this device holds, once it says that it is there. Nothing leaves for any
 * other origin, and here everything stays as it was until the new page has written it down.
 */
export function giveAlong(page: Window, origin: string, things: () => Belongings): Promise<GivenAlong> {
  const opened = page.open(`${origin}/kiosk/${MOVE_FRAGMENT}`, '_blank');
  if (opened === null) return Promise.resolve({ is: 'failed' });
  return new Promise((resolve) => {
    const end = (how: GivenAlong) => {
      page.clearTimeout(timer);
      page.clearInterval(looking);
      page.removeEventListener('message', hear);
      resolve(how);
    };
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin || event.source !== opened) return;
      const said = moveMessage(event.data);
      if (said?.jishanMove === 'ready')
        opened.postMessage({ jishanMove: 'things', things: things() }, { targetOrigin: origin });
      if (said?.jishanMove === 'taken') end({ is: 'taken', rows: said.rows });
    };
    const timer = page.setTimeout(() => end({ is: 'failed' }), PATIENCE_MS);
    const looking = page.setInterval(() => {
      if (opened.closed) end({ is: 'failed' });
    }, 1000);
    page.addEventListener('message', hear);
  });
}
