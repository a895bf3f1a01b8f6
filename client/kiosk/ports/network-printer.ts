import { acceptLanguage } from '../../i18n/index.ts';
import type { NetworkPaper, NetworkPrint } from '../composables/createPrinter.ts';
import type { Station } from '../composables/useStation.ts';

/** Longer than the server waits for its printer. */
const ANSWER_MS = 20_000;

/** Asks the server to print on the shop's printer: once for each press, never again by itself. */
export function createNetworkPrinter(
  { api }: Pick<Station, 'api'>,
  freshKey: () => string,
): (paper: NetworkPaper) => Promise<NetworkPrint> {
  return async (paper) => {
    const asked = {
      key: freshKey(),
      language: acceptLanguage() === 'en' ? ('en' as const) : ('zh' as const),
    };
    const outcome =
      paper.kind === 'receipt'
        ? await api.call('printers.receipt', {
            body: { ...asked, redemptionId: paper.redemption.id, isReprint: paper.isReprint },
            timeoutMs: ANSWER_MS,
          })
        : await api.call('printers.statement', {
            body: { ...asked, statement: paper.statement.printToken },
            timeoutMs: ANSWER_MS,
          });
    if (outcome.kind === 'answer') return 'printed';
    return outcome.kind === 'unknown' && outcome.reason === 'unreachable' ? 'server gone' : outcome;
  };
}
