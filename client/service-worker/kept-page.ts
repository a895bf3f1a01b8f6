import { TAKE_OVER } from './take-over.ts';

interface KeptPageParts {
  readonly face: 'kiosk';
  /** Undefined on plain http, and in browsers that keep no pages: everything then comes from the server, as ever. */
  readonly workers: Pick<ServiceWorkerContainer, 'controller' | 'register' | 'addEventListener'> | undefined;
  /** Nobody is being served and nothing is being sent. */
  readonly mayReload: () => boolean;
  readonly reload: () => void;
  readonly every: (run: () => void, ms: number) => void;
}

type Keeping = KeptPageParts & { readonly workers: NonNullable<KeptPageParts['workers']> };

const updateEveryMs = 15 * 60_000;
const lookEveryMs = 10_000;

/**
 * Has the browser keep this page with all its parts, so that it opens without the server. A newer build is fetched
 * beside it, whole, and takes over when nobody is being served. Until then the page goes on as it is, with its own
 * parts.
 */
export function keepPage({ workers, ...parts }: KeptPageParts): void {
  if (workers !== undefined) keepBy({ workers, ...parts });
}

function keepBy({ face, workers, mayReload, reload, every }: Keeping): void {
  let registration: ServiceWorkerRegistration | null = null;
  let isKept = workers.controller !== null;
  let isOutdated = false;

  async function register(): Promise<void> {
    try {
      registration = await workers.register(`/${face}/worker.js`, {
        scope: `/${face}`,
        updateViaCache: 'none',
      });
    } catch {
      // The server cannot be reached, has no worker, or the browser keeps no pages: asked again later.
    }
  }

  async function update(): Promise<void> {
    if (registration === null) await register();
    // The worker that is there stays, also where the newer one cannot be had.
    else await registration.update().catch(() => undefined);
  }

  function look(): void {
    const waiting = registration?.waiting ?? null;
    if ((!isOutdated && waiting === null) || !mayReload()) return;
    if (isOutdated) reload();
    else waiting?.postMessage(TAKE_OVER);
  }

  workers.addEventListener('controllerchange', () => {
    // The first worker of all brings what the page already is.
    isOutdated ||= isKept;
    isKept = true;
    look();
  });
  void register();
  every(() => void update(), updateEveryMs);
  every(look, lookEveryMs);
}
