import { actsModule } from './acts/module.ts';
import { addressModule } from './address/module.ts';
import { backupsModule } from './backups/module.ts';
import { boardModule } from './board/module.ts';
import { booksModule } from './books/module.ts';
import { budgetModule } from './budget/module.ts';
import { cardsModule } from './cards/module.ts';
import { changesModule } from './changes/module.ts';
import { copyModule } from './copy/module.ts';
import { fairnessModule } from './fairness/module.ts';
import { goodsModule } from './goods/module.ts';
import { handoversModule } from './handovers/module.ts';
import { householdsModule } from './households/module.ts';
import { httpsModule } from './https/module.ts';
import { httpModule } from './http/module.ts';
import { identityModule } from './identity/module.ts';
import { importsModule } from './imports/module.ts';
import { kioskModule } from './kiosk/module.ts';
import { meModule } from './me/module.ts';
import { deductionsModule } from './deductions/module.ts';
import { noticesModule } from './notices/module.ts';
import { objectionsModule } from './objections/module.ts';
import { reportsModule } from './reports/module.ts';
import { outboxModule } from './outbox/module.ts';
import { picturesModule } from './pictures/module.ts';
import { printersModule } from './printers/module.ts';
import { privacyModule } from './privacy/module.ts';
import { proposalsModule } from './proposals/module.ts';
import { rechecksModule } from './rechecks/module.ts';
import { roundsModule } from './rounds/module.ts';
import { rulesModule } from './rules/module.ts';
import { signaturesModule } from './signatures/module.ts';
import { staffModule } from './staff/module.ts';
import { systemModule } from './system/module.ts';
import { textsModule } from './texts/module.ts';
import { villageModule } from './village/module.ts';
import { workdaysModule } from './workdays/module.ts';

/**
 * Every domain of the server, and the two rooms under them that keep something of people (identity, http). A new domain is
 * one import and one name. Sweeps and erasures run in this order, and so do the parts of a
 * household's own file and the checks of a verification: things come before what names them.
 */
export const MODULES = [
  villageModule,
  addressModule,
  httpsModule,
  householdsModule,
  cardsModule,
  identityModule,
  staffModule,
  booksModule,
  kioskModule,
  outboxModule,
  copyModule,
  printersModule,
  rulesModule,
  proposalsModule,
  budgetModule,
  picturesModule,
  importsModule,
  goodsModule,
  fairnessModule,
  meModule,
  boardModule,
  actsModule,
  signaturesModule,
  deductionsModule,
  noticesModule,
  handoversModule,
  changesModule,
  rechecksModule,
  objectionsModule,
  roundsModule,
  reportsModule,
  textsModule,
  workdaysModule,
  privacyModule,
  backupsModule,
  systemModule,
  httpModule,
] as const;
