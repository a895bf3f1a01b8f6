import type { AnswerOf, Outcome } from '../../api/index.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/station.ts';
import { ANSWER_DUE_MS } from '../counter/without-network.ts';

/** A few households, masked. */
export interface FoundByName {
  readonly items: AnswerOf<'kiosk.find'>['items'];
  readonly more: boolean;
  /** They were found in the device's copy. */
  readonly isCopied?: boolean;
}

/** Asks the server, and the device's copy where the server does not answer. A network that hangs is not waited for. */
export async function findByName(
  { api, isConnected }: Pick<Station, 'api' | 'isConnected'>,
  alone: { readonly find: (name: string) => Promise<FoundByName | null> } | null,
  name: string,
): Promise<Outcome<FoundByName>> {
  const inCopy = async (): Promise<Outcome<FoundByName> | null> => {
    const data = (await alone?.find(name).catch(() => null)) ?? null;
    return data && { kind: 'answer', data, filename: null };
  };
  const known = isConnected.value ? null : await inCopy();
  if (known !== null) return known;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const overdue = new Promise<Outcome<FoundByName>>((resolve) => {
    timer = setTimeout(() => void inCopy().then((copied) => copied && resolve(copied)), ANSWER_DUE_MS);
  });
  const asked = api.call('kiosk.find', { body: { name }, timeoutMs: ANSWER_LIMIT_MS });
  const outcome = await Promise.race([asked, overdue]);
  clearTimeout(timer);
  return outcome.kind === 'unknown' ? ((await inCopy()) ?? outcome) : outcome;
}
