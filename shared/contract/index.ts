import type { Operation } from './define.ts';
import { backupsOperations } from './backups.ts';
import { batchesOperations } from './batches.ts';
import type { EndpointId } from './endpoints.ts';
import { goodsOperations } from './goods.ts';
import { householdsOperations } from './households.ts';
import { importsOperations } from './imports.ts';
import { kioskOperations } from './kiosk.ts';
import { ledgerOperations } from './ledger.ts';
import { picturesOperations } from './pictures.ts';
import { noticesOperations } from './notices.ts';
import { proposalsOperations } from './proposals.ts';
import { publicOperations } from './public.ts';
import { rulesOperations } from './rules.ts';
import { sessionOperations } from './session.ts';
import { setupOperations } from './setup.ts';
import { systemOperations } from './system.ts';
import { villageOperations } from './village.ts';

/** The contract: every endpoint's input, output, permission and refusals. The server, the client's types and the OpenAPI document come from it. */
export const OPERATIONS = {
  ...setupOperations,
  ...sessionOperations,
  ...villageOperations,
  ...noticesOperations,
  ...householdsOperations,
  ...importsOperations,
  ...rulesOperations,
  ...proposalsOperations,
  ...batchesOperations,
  ...picturesOperations,
  ...goodsOperations,
  ...kioskOperations,
  ...ledgerOperations,
  ...publicOperations,
  ...systemOperations,
  ...backupsOperations,
} as const satisfies Record<EndpointId, Operation>;

export type Operations = typeof OPERATIONS;
