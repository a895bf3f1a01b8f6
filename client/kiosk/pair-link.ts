import { inject, ref, type InjectionKey, type Ref } from 'vue';

const CODE = /^#pair=(\d{8})$/;

/** The code that the desk's QR carries behind #, so that it reaches no server and no log. */
export function pairingInFragment(fragment: string): string | null {
  return CODE.exec(fragment)?.[1] ?? null;
}

/** Reads the code and takes it out of the address bar, so that neither history nor a screenshot keeps it. */
export function takePairingFromAddress(page: Pick<Window, 'location' | 'history'>): string | null {
  const { hash, pathname, search } = page.location;
  if (hash.startsWith('#pair=')) page.history.replaceState(null, '', pathname + search);
  return pairingInFragment(hash);
}

/** The code this page was opened with; null once it was used or refused. */
export type PairLink = Ref<string | null>;
export const pairLinkKey: InjectionKey<PairLink> = Symbol('pair link');

export function usePairLink(): PairLink {
  return inject(pairLinkKey, () => ref(null), true);
}

/** Takes the code from the address bar now, and whenever another one is opened in this window. */
export function createPairLink(page: Window): PairLink {
  const link: PairLink = ref(takePairingFromAddress(page));
  page.addEventListener('hashchange', () => {
    link.value = takePairingFromAddress(page) ?? link.value;
  });
  return link;
}
