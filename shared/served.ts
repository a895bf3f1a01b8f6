/** What the server alone reads of each domain: its operations (contract.ts) and its error sentences (words.ts). */
import * as http from './http/served.ts';
import * as ledger from './ledger/served.ts';
import * as system from './system/served.ts';
import * as village from './village/served.ts';
import * as staff from './staff/served.ts';
import * as notices from './notices/served.ts';
import * as households from './households/served.ts';
import * as cards from './cards/served.ts';
import * as privacy from './privacy/served.ts';
import * as imports from './imports/served.ts';
import * as rules from './rules/served.ts';
import * as proposals from './proposals/served.ts';
import * as pictures from './pictures/served.ts';
import * as goods from './goods/served.ts';
import * as kiosk from './kiosk/served.ts';
import * as books from './books/served.ts';
import * as backups from './backups/served.ts';
import * as me from './me/served.ts';
import * as board from './board/served.ts';

export const SERVED = [
  http,
  ledger,
  system,
  village,
  staff,
  notices,
  households,
  cards,
  privacy,
  imports,
  rules,
  proposals,
  pictures,
  goods,
  kiosk,
  books,
  backups,
  me,
  board,
] as const;
