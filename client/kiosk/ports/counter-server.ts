import type { Api, Outcome } from '../../api/index.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/useStation.ts';
import type { Doers } from '../counter/create-counter.ts';
import type { Owed, Redemption } from '../counter/state.ts';

const timeoutMs = ANSWER_LIMIT_MS;

type ServerDoers = Pick<
  Doers,
  'lookUp' | 'checkPin' | 'vouch' | 'reach' | 'send' | 'listRecent' | 'endShift'
>;

/** Asks the server. The machine hears each answer before the stage changes by it: a shift that is over, for example. */
export function createServerDoers(station: Station): ServerDoers {
  return {
    lookUp({ turn, question }, feed) {
      void station.ask(
        (api) => api.call('kiosk.lookup', { body: question, timeoutMs }),
        (outcome) =>
          feed(
            outcome.kind === 'answer'
              ? { is: 'found', turn, household: outcome.data }
              : { is: 'notFound', turn, failure: outcome },
          ),
      );
    },
    checkPin({ turn, householdId, presence, pin }, feed) {
      const recognised = presence === null ? {} : { presence: presence.token };
      void station.ask(
        (api) => api.call('kiosk.checkPin', { body: { householdId, pin, ...recognised } }),
        (outcome) =>
          feed(
            outcome.kind === 'answer'
              ? { is: 'pinRight', turn, proof: outcome.data }
              : { is: 'pinWrong', turn, failure: outcome },
          ),
      );
    },
    vouch({ turn, presence, ...asked }, feed) {
      const { householdId, volunteerId, pin, points } = asked;
      const body = { householdId, presence: presence?.token ?? '', volunteerId, pin, points };
      void station.ask(
        (api) => api.call('kiosk.vouch', { body }),
        (outcome) =>
          feed(
            outcome.kind === 'answer'
              ? { is: 'vouchRight', turn, proof: outcome.data }
              : { is: 'vouchWrong', turn, failure: outcome },
          ),
      );
    },
    reach({ turn }, feed) {
      void station.canReachServer().then((isThere) => feed({ is: 'reached', turn, isThere }));
    },
    send({ turn, owed }, feed) {
      void station.ask(
        (api) => sendOwed(api, owed),
        (outcome) => feed({ is: 'answered', turn, outcome }),
      );
    },
    listRecent({ turn }, feed) {
      void station.ask(
        (api) => api.call('kiosk.recent'),
        (outcome) => {
          if (outcome.kind === 'answer') feed({ is: 'recent', turn, items: outcome.data.items });
        },
      );
    },
    endShift: ({ counts }) => void station.signOut(counts),
  };
}

function sendOwed(api: Api, owed: Owed): Promise<Outcome<Redemption>> {
  const { key } = owed;
  if (owed.kind === 'kiosk.undo')
    return api.call('kiosk.undo', { key, params: { id: owed.content.redemptionId }, body: {}, timeoutMs });
  const { householdId, lines, expectedPoints, presence, pinProof, vouchProofs } = owed.content;
  const proofs = {
    ...(presence === null ? {} : { presence: presence.token }),
    ...(pinProof === null ? {} : { pinProof }),
    ...(vouchProofs.length === 0 ? {} : { vouchProofs: [...vouchProofs] }),
  };
  const body = { householdId, lines: [...lines], expectedPoints, ...proofs };
  return api.call('kiosk.redeem', { key, timeoutMs, body });
}
