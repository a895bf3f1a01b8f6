import type { Kit } from '#engine';
import { fold, type Together } from '../../shared/fold.ts';
import { cardsTables } from './cards.ts';
import { changesTables } from './changes.ts';
import { documentsTables } from './documents.ts';
import { goodsTables } from './goods.ts';
import { householdsTables } from './households.ts';
import { httpTables } from './http.ts';
import { identityTables } from './identity.ts';
import { importsTables } from './imports.ts';
import { jobsTables } from './jobs.ts';
import { kioskTables } from './kiosk.ts';
import { ledgerTables } from './ledger.ts';
import { deductionsTables } from './deductions.ts';
import { objectionsTables } from './objections.ts';
import { reportsTables } from './reports.ts';
import { outboxTables } from './outbox.ts';
import { picturesTables } from './pictures.ts';
import { printersTables } from './printers.ts';
import { proposalsTables } from './proposals.ts';
import { rulesTables } from './rules.ts';
import { signaturesTables } from './signatures.ts';
import { staffTables } from './staff.ts';
import { villageTables } from './village.ts';
import { workdaysTables } from './workdays.ts';

/** A new domain's tables are one more import and one more name. Tables that others refer to come first. */
const TABLES = [
  ledgerTables,
  villageTables,
  householdsTables,
  cardsTables,
  staffTables,
  identityTables,
  httpTables,
  rulesTables,
  proposalsTables,
  goodsTables,
  kioskTables,
  outboxTables,
  printersTables,
  importsTables,
  picturesTables,
  jobsTables,
  documentsTables,
  signaturesTables,
  changesTables,
  deductionsTables,
  objectionsTables,
  reportsTables,
  workdaysTables,
] as const;

export type Tables = Together<ReturnType<(typeof TABLES)[number]>>;

/** Every table of the program, from one definition, in the dialect of the kit given. */
export function defineTables(k: Kit): Tables {
  return fold(TABLES.map((tables) => tables(k))) as Tables;
}
