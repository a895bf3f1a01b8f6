import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  landing: {
    choose: 'Choose what to open',
    desk: 'Desk',
    deskLead: 'Committee, approvers, supervisors: award, approve, books, settings',
    kiosk: 'Shop kiosk',
    kioskLead: 'Shop volunteers: scan a card, hand out goods, print a slip',
    me: 'My points',
    meLead: 'Households: the balance, and where each point came from',
    board: 'Notice board',
    boardLead: 'What the shop has, and the latest good deeds',
    setup: 'First visit: set up the village',
    setupLead: 'It takes a few minutes. Or load a demo village and look around.',
    setupGo: 'Begin',
  },
} satisfies SameKeys<typeof chinese>;
