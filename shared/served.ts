/**
 * The parts of each domain that only the server reads: its operations, its error sentences, and the purpose of its
 * endpoints.
 */
import * as http from './http/words.ts';
import * as ledger from './ledger/words.ts';
import * as system from './system/contract.ts';
import * as village from './village/contract.ts';
import * as address from './address/contract.ts';
import * as https from './https/contract.ts';
import * as staff from './staff/contract.ts';
import * as fairness from './fairness/contract.ts';
import * as households from './households/contract.ts';
import * as cards from './cards/contract.ts';
import * as privacy from './privacy/contract.ts';
import * as imports from './imports/contract.ts';
import * as rules from './rules/contract.ts';
import * as proposals from './proposals/contract.ts';
import * as pictures from './pictures/contract.ts';
import * as goods from './goods/contract.ts';
import * as kiosk from './kiosk/contract.ts';
import * as outbox from './outbox/contract.ts';
import * as copy from './copy/contract.ts';
import * as printers from './printers/contract.ts';
import * as books from './books/contract.ts';
import * as backups from './backups/contract.ts';
import * as me from './me/contract.ts';
import * as board from './board/contract.ts';
import * as acts from './acts/contract.ts';
import * as deductions from './deductions/contract.ts';
import * as notices from './notices/contract.ts';
import * as signatures from './signatures/contract.ts';
import * as handovers from './handovers/contract.ts';
import * as changes from './changes/contract.ts';
import * as rechecks from './rechecks/contract.ts';
import * as objections from './objections/contract.ts';
import * as rounds from './rounds/contract.ts';
import * as budget from './budget/contract.ts';
import * as reports from './reports/contract.ts';
import * as texts from './texts/contract.ts';
import * as workdays from './workdays/contract.ts';

export const SERVED = [
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
