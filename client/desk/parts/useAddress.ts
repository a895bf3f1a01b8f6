import { computed, type ComputedRef } from 'vue';
import { addressForAll, isOnlyHere } from '../../../shared/address/address.ts';
import type { AnswerOf } from '../../api/index.ts';
import { type Loaded, useLoad } from '../../ui/useLoad.ts';
import { useDesk } from '../desk.ts';

export type AddressStanding = AnswerOf<'address.get'>;

/** The address at which other devices reach this server, and how it stands. */
export interface Reached {
  /** The chosen address, else the one the server was told, else the one at which this desk was opened. No slash at its end. */
  readonly origin: string;
  /** Other devices can open it. False until the server has answered. */
  readonly isForOthers: boolean;
  /** Null until the server has answered. */
  readonly standing: AddressStanding | null;
  /** Takes the answer of a choice just made. */
  readonly take: (answer: AddressStanding) => void;
  readonly loaded: Loaded<AddressStanding>;
}

export function useAddress(): ComputedRef<Reached> {
  const desk = useDesk();
  const loaded = useLoad((signal) => desk.api.call('address.get', { signal }));
  const take = (answer: AddressStanding) => void (loaded.data.value = answer);
  return computed(() => {
    const standing = loaded.data.value;
    const offered = standing?.offered.map((one) => one.origin) ?? [];
    const origin = (standing?.address ?? addressForAll(location.origin, offered)).replace(/\/+$/, '');
    return { origin, isForOthers: standing !== null && !isOnlyHere(origin), standing, take, loaded };
  });
}
