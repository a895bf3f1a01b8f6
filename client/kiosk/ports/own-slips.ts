import type { Outcome } from '../../api/index.ts';
import type { Station } from '../composables/station.ts';
import type { Redemption } from '../counter/state.ts';
import type { WithoutServer } from './without-server.ts';

const SHOWN_MOST = 50;

/** Slips that the server has booked of this counter, and those that only this device knows of; without the server the latter alone. */
export async function ownSlips(
  { api, isConnected }: Pick<Station, 'api' | 'isConnected'>,
  alone: Pick<WithoutServer, 'slips'> | null,
): Promise<Outcome<{ readonly items: readonly Redemption[] }>> {
  const outcome = isConnected.value || alone === null ? await api.call('kiosk.recent') : null;
  if (outcome !== null && (outcome.kind !== 'unknown' || alone === null)) {
    if (outcome.kind !== 'answer' || alone === null) return outcome;
    const items = [...(await alone.slips('unsent')), ...outcome.data.items].slice(0, SHOWN_MOST);
    return { ...outcome, data: { items } };
  }
  const items = alone === null ? [] : (await alone.slips('all')).slice(0, SHOWN_MOST);
  return { kind: 'answer', data: { items }, filename: null };
}
