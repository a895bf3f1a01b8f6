import { isOnlyHere, originOf } from '../../shared/address/address.ts';
import type { endpoints } from '../../shared/address/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import type { HandlersOf } from '../http/index.ts';
import { updateVillage } from '../village/index.ts';
import { addressState, hostsOf } from './address-state.ts';
import type { OwnAddresses } from './own-addresses.ts';

export interface AddressServices {
  /** The address set at the server; empty if none was. */
  readonly publicUrl: string;
  readonly ownAddresses: OwnAddresses;
}

export function addressHandlers(services: AddressServices): HandlersOf<typeof endpoints> {
  const { publicUrl, ownAddresses } = services;
  return {
    'address.get': (_input, { village: { settings } }) =>
      Promise.resolve(addressState(settings, publicUrl, ownAddresses())),

    'address.choose': async ({ body }, { tx, village, act }) => {
      const origin = originOf(body.origin);
      if (origin === null) throw new Refusal('address.unusable');
      if (isOnlyHere(origin)) throw new Refusal('address.only_here');
      const own = ownAddresses();
      const isOwn = hostsOf(own).includes(new URL(origin).hostname);
      const address = { origin, isOwn, isKept: body.isKept };
      const { settings } = await updateVillage(tx, village.id, { settings: { address } });
      const on = `village:${village.id}` as const;
      act({ act: 'address.chosen', on, was: { ...village.settings.address }, is: address });
      return addressState(settings, publicUrl, own);
    },
  };
}
