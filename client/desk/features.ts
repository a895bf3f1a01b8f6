import { acts } from './acts/feature.ts';
import { address } from './address/feature.ts';
import { approvals } from './approvals/feature.ts';
import { award } from './award/feature.ts';
import { backups } from './backups/feature.ts';
import { books } from './books/feature.ts';
import { cards } from './cards/feature.ts';
import { changes } from './changes/feature.ts';
import { dashboard } from './dashboard/feature.ts';
import { deductions } from './deductions/feature.ts';
import { fairness } from './fairness/feature.ts';
import { goods } from './goods/feature.ts';
import { handovers } from './handovers/feature.ts';
import { home } from './home/feature.ts';
import { households } from './households/feature.ts';
import { imports } from './imports/feature.ts';
import { kiosk } from './kiosk/feature.ts';
import { notices } from './notices/feature.ts';
import { objections } from './objections/feature.ts';
import { outbox } from './outbox/feature.ts';
import { pictures } from './pictures/feature.ts';
import { rechecks } from './rechecks/feature.ts';
import { rounds } from './rounds/feature.ts';
import { reports } from './reports/feature.ts';
import { rules } from './rules/feature.ts';
import { session } from './session/feature.ts';
import { setup } from './setup/feature.ts';
import { share } from './share/feature.ts';
import { signatures } from './signatures/feature.ts';
import { staff } from './staff/feature.ts';
import { village } from './village/feature.ts';
import { workdays } from './workdays/feature.ts';
import type { Feature } from './shell/feature-contract.ts';

/**
 * All that the desk can do. A new feature is its folder and a line here. Within each group of the menu, and on the home
 * page, features stand in this order.
 */
export const FEATURES: readonly Feature[] = [
  home,
  award,
  approvals,
  households,
  reports,
  changes,
  cards,
  rules,
  goods,
  dashboard,
  fairness,
  notices,
  rechecks,
  deductions,
  objections,
  rounds,
  workdays,
  books,
  acts,
  signatures,
  kiosk,
  outbox,
  address,
  staff,
  handovers,
  imports,
  backups,
  village,
  share,
  pictures,
  session,
  setup,
];
