/** The addresses at which others reach this server: those of the machine, and the one the village chose. */
export { movedAddress, type VillageAddress, villageAddress } from './address-state.ts';
export {
  type Interfaces,
  isInContainer,
  type ListeningPlace,
  type OwnAddresses,
  ownAddressesAt,
} from './own-addresses.ts';
