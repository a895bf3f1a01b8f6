/** The part of a service worker's global scope that ours uses: the types of pages and of workers do not go together. */
export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: {
    (type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
    (type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  };
}

export interface LifeEvent extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
