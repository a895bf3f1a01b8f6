/**
 * Every domain, and the two rooms under them (http, ledger): what their endpoints.ts, errors.ts and permissions.ts say.
 * Plain data without schemas. A new domain is one more import and one more name.
 */
import * as http from './http/domain.ts';
import * as ledger from './ledger/domain.ts';
import * as system from './system/domain.ts';
import * as village from './village/domain.ts';
import * as address from './address/domain.ts';
import * as https from './https/domain.ts';
import * as staff from './staff/domain.ts';
import * as fairness from './fairness/domain.ts';
import * as households from './households/domain.ts';
import * as cards from './cards/domain.ts';
import * as privacy from './privacy/domain.ts';
import * as imports from './imports/domain.ts';
import * as rules from './rules/domain.ts';
import * as proposals from './proposals/domain.ts';
import * as pictures from './pictures/domain.ts';
import * as goods from './goods/domain.ts';
import * as kiosk from './kiosk/domain.ts';
import * as outbox from './outbox/domain.ts';
import * as copy from './copy/domain.ts';
import * as printers from './printers/domain.ts';
import * as books from './books/domain.ts';
import * as backups from './backups/domain.ts';
import * as me from './me/domain.ts';
import * as board from './board/domain.ts';
import * as acts from './acts/domain.ts';
import * as deductions from './deductions/domain.ts';
import * as notices from './notices/domain.ts';
import * as signatures from './signatures/domain.ts';
import * as handovers from './handovers/domain.ts';
import * as changes from './changes/domain.ts';
import * as rechecks from './rechecks/domain.ts';
import * as objections from './objections/domain.ts';
import * as rounds from './rounds/domain.ts';
import * as budget from './budget/domain.ts';
import * as reports from './reports/domain.ts';
import * as texts from './texts/domain.ts';
import * as workdays from './workdays/domain.ts';

export const DOMAINS = [
  http,
  ledger,
  system,
  village,
  address,
  https,
  staff,
  fairness,
  households,
  cards,
  privacy,
  imports,
  rules,
  proposals,
  pictures,
  goods,
  kiosk,
  outbox,
  copy,
  printers,
  books,
  backups,
  me,
  board,
  acts,
  deductions,
  notices,
  signatures,
  handovers,
  changes,
  rechecks,
  objections,
  rounds,
  budget,
  reports,
  texts,
  workdays,
] as const;
