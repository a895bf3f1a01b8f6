import type { VillageContext } from '../http/index.ts';

/** The village, the time, and ids and salts for what a step writes. */
export interface ReportAt {
  readonly village: VillageContext;
  readonly today: string;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly newSalt: () => string;
}
