import { BY_SERVER, bookInEveryVillage } from '../acts/index.ts';
import type { OwnAddresses } from '../address/index.ts';
import type { Job } from '../jobs/index.ts';
import { authorityName, chosenHosts, hostOf, type HttpsRoom, namesHere } from './https-room.ts';
import { renewCertificate } from './renew-certificate.ts';

export interface RenewalServices {
  readonly https: HttpsRoom;
  readonly ownAddresses: OwnAddresses;
  readonly publicUrl: string;
  readonly random: (size: number) => Uint8Array;
}

/**
 * Renews the certificate well before its end, and soon after the computer got another address. It makes no authority:
 * whether devices should have one is for the village to say (`jishan https`).
 */
export function certificateRenewal({ https, ownAddresses, publicUrl, random }: RenewalServices): Job {
  const { files } = https;
  return {
    name: 'renewal of the certificate',
    firstAfterMs: 5_000,
    everyMs: 10 * 60_000,
    async run({ store, clock, logger }) {
      if (files.source() !== 'own' || files.authority() === null) return;
      const chosen = await store.read(chosenHosts);
      const names = namesHere(files, {
        own: ownAddresses().map(hostOf),
        chosen: [...chosen, ...(publicUrl === '' ? [] : [hostOf(publicUrl)])],
      });
      const plan = await renewCertificate({
        files,
        names,
        called: authorityName(),
        issuing: { nowMs: clock(), random },
        book: (actIn) => bookInEveryVillage(store, { ...BY_SERVER, clock }, actIn),
      });
      if (plan) logger.info({ names: plan.names.length }, 'the certificate for https was renewed');
    },
  };
}
