import { approvals } from './approvals/feature.ts';
import { award } from './award/feature.ts';
import { backups } from './backups/feature.ts';
import { cards } from './cards/feature.ts';
import { dashboard } from './dashboard/feature.ts';
import { goods } from './goods/feature.ts';
import { home } from './home/feature.ts';
import { households } from './households/feature.ts';
import { imports } from './imports/feature.ts';
import { ledger } from './ledger/feature.ts';
import { notices } from './notices/feature.ts';
import { photos } from './photos/feature.ts';
import { rules } from './rules/feature.ts';
import { session } from './session/feature.ts';
import { setup } from './setup/feature.ts';
import { shop } from './shop/feature.ts';
import { staff } from './staff/feature.ts';
import { village } from './village/feature.ts';
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
  cards,
  rules,
  goods,
  dashboard,
  notices,
  ledger,
  shop,
  staff,
  imports,
  backups,
  village,
  photos,
  session,
  setup,
];
