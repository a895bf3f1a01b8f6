import type { Api } from '../../api/index.ts';
import { acceptLanguage } from '../../i18n/index.ts';
import type { Paper, NetworkPrint } from '../composables/createPrinter.ts';
import type { Station } from '../composables/station.ts';

/** Longer than the server waits for its printer. */
const ANSWER_MS = 20_000;

/** Asks the server to print on the shop's printer: once for each press, never again by itself. */
export function createNetworkPrinter(
  { api }: Pick<Station, 'api'>,
  freshKey: () => string,
): (paper: Paper) => Promise<NetworkPrint> {
  return async (paper) => {
    const asked = {
      key: freshKey(),
      language: acceptLanguage() === 'en' ? ('en' as const) : ('zh' as const),
    };
    const outcome = await send(api, paper, asked);
    if (outcome.kind === 'answer') return 'printed';
    return outcome.kind === 'unknown' && outcome.reason === 'unreachable' ? 'server gone' : outcome;
  };
}

function send(api: Api, paper: Paper, asked: { readonly key: string; readonly language: 'zh' | 'en' }) {
  const timeoutMs = ANSWER_MS;
  switch (paper.kind) {
    case 'receipt': {
      const body = { ...asked, redemptionId: paper.redemption.id, isReprint: paper.isReprint };
      return api.call('printers.receipt', { body, timeoutMs });
    }
    case 'return': {
      const body = { ...asked, returnId: paper.goodsReturn.id, isReprint: paper.isReprint };
      return api.call('printers.return', { body, timeoutMs });
    }
    case 'statement':
      return api.call('printers.statement', {
        body: { ...asked, statement: paper.statement.printToken },
        timeoutMs,
      });
  }
}
