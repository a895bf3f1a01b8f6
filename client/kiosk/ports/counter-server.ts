import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/station.ts';
import type { Doers } from '../counter/create-counter.ts';
import type { CopiedFor, Household } from '../counter/state.ts';
import { ANSWER_DUE_MS } from '../counter/without-network.ts';
import { SHIFT_NOT_KEPT } from '../notice.ts';
import type { CounterRows } from './counter-rows.ts';
import type { WithoutServer } from './without-server.ts';

const timeoutMs = ANSWER_LIMIT_MS;

type ServerDoers = Pick<Doers, 'lookUp' | 'checkPin' | 'vouch' | 'reach' | 'listRecent' | 'endShift'>;

/** Asks the server. The machine hears each answer before the stage changes by it: a shift that is over, for example. */
export function createServerDoers(
  station: Station,
  { rowKeyOf, lastHandOver }: Pick<CounterRows, 'rowKeyOf' | 'lastHandOver'>,
  alone: WithoutServer | null,
): ServerDoers {
  async function lookUp(
    { turn, question, isPatient = false }: Parameters<Doers['lookUp']>[0],
    feed: Parameters<Doers['lookUp']>[1],
  ): Promise<void> {
    const found = (household: Household) => feed({ is: 'found', turn, household });
    const inCopy = async (copiedFor: CopiedFor): Promise<Household | null> => {
      const copied = (await alone?.lookUp(question).catch(() => null)) ?? null;
      return copied && { ...copied, copiedFor };
    };
    const known = station.isConnected.value ? null : await inCopy('gone');
    if (known !== null) {
      found(known);
      return;
    }
    // A network that hangs is not waited for: the first answer counts, and a later one is dropped by its turn.
    const fromCopy = () => void inCopy('slow').then((copied) => copied && found(copied));
    const timer = isPatient ? undefined : setTimeout(fromCopy, ANSWER_DUE_MS);
    await station.ask(
      (api) => api.call('kiosk.lookup', { body: question, timeoutMs }),
      (outcome) => {
        clearTimeout(timer);
        if (outcome.kind === 'answer') found(alone?.lessUnsent(outcome.data) ?? outcome.data);
        else if (outcome.kind === 'problem') feed({ is: 'notFound', turn, failure: outcome });
        else
          void inCopy(isPatient ? 'silent' : 'gone').then((copied) =>
            copied ? found(copied) : feed({ is: 'notFound', turn, failure: outcome }),
          );
      },
    );
  }

  return {
    lookUp: (asked, feed) => void lookUp(asked, feed),
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
    listRecent({ turn }, feed) {
      const tellHere = async () => {
        // A page that has just begun is still opening its copy.
        await alone?.opened();
        const last = alone?.limits() ? lastHandOver() : null;
        if (last !== null) feed({ is: 'recent', turn, items: [last] });
      };
      void station.ask(
        (api) => api.call('kiosk.recent', { timeoutMs }),
        (outcome) => {
          if (outcome.kind === 'unknown') void tellHere();
          if (outcome.kind !== 'answer') return;
          const items = outcome.data.items.map((one) => ({ ...one, rowKey: rowKeyOf(one.journalNumber) }));
          feed({ is: 'recent', turn, items });
        },
      );
    },
    endShift({ counts }, feed) {
      void station.signOut(counts).then((isEnded) => {
        if (!isEnded) feed({ is: 'told', notice: SHIFT_NOT_KEPT });
      });
    },
  };
}
