import { accountKind } from '../ledger/index.ts';

/** Accounts that a household owns. */
export const accountKinds = {
  ...accountKind({
    kind: 'household',
    unit: 'POINT',
    floor: 0,
    owner: 'household',
    label: { zh: '农户积分', en: 'Household points' },
    section: 'assets',
    short: 'ledger.points_short',
  }),
  ...accountKind({
    kind: 'held',
    unit: 'POINT',
    floor: 0,
    owner: 'household',
    label: { zh: '冻结积分', en: 'Points on hold' },
    section: 'assets',
    holdsFor: 'household',
  }),
};

/** The points a household can spend. */
export const householdAccount = accountKinds.household.of;
/** Points set aside for a reservation. */
export const heldAccount = accountKinds.held.of;
