import { businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { Caller, KioskCaller, LooseSent, StaffCaller, TestVillage } from './server.ts';

export interface Furnished extends TestVillage {
  /** In every name and text of this village, and nowhere else. */
  readonly mark: string;
  readonly staff: StaffCaller;
  readonly household: { readonly id: string; readonly number: string; readonly card: string };
  /** A household nobody has proposed anything about, and two whose account has ended; one of them is opened again. */
  readonly quietId: string;
  readonly closedId: string;
  readonly reopenedId: string;
  readonly ruleId: string;
  readonly goodsId: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  readonly proposalId: string;
  /** The batch the proposal was sent in. */
  readonly batchId: string;
  /** The administrator's own, sent back. */
  readonly returnedId: string;
  readonly evidenceId: string;
  readonly goodsPictureId: string;
  readonly entryNumber: number;
  readonly redemptionId: string;
  readonly importId: string;
  readonly phone: Caller;
  /** Another phone of the household: the one that is ended. */
  readonly otherPhoneId: string;
  readonly kiosk: KioskCaller;
}

/** What an honest client sends to each endpoint of a domain; `fresh` is a new name at each call. */
export type SamplesOf<Endpoints> = Readonly<
  Record<keyof Endpoints & string, (at: Furnished, fresh: string) => LooseSent>
>;

export const PIN = '482915';

/** In the villages' time zone. */
export function today(): string {
  return businessDay(Date.now(), DEFAULT_SETTINGS.timeZone);
}

/** A rule that is worth what is proposed under it. */
export function ruleSample(code: string, title: string) {
  return {
    code: code.slice(0, 12),
    category: '五美家庭',
    title,
    pointsMode: 'range' as const,
    points: null,
    pointsMin: 100,
    pointsMax: 100_000,
    perUnit: null,
    proposer: '',
    evidence: '',
    limitText: '',
    limitPeriod: null,
    limitTimes: null,
    limitPoints: null,
    enabled: true,
  };
}

export function goodsSample(name: string) {
  return {
    kind: 'goods' as const,
    category: '粮油',
    name,
    unit: '袋',
    price: 100,
    costFen: 100,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
  };
}

export function basketSample(householdId: string, goodsId: string) {
  return { householdId, lines: [{ goodsId, quantity: 1 }], expectedPoints: 100 };
}

export function rosterSample(mark: string): Uint8Array {
  return Buffer.from(`户号,户主,组别,人口\n101,${mark}孙大娘,${mark}二组,4\n102,${mark}周强,${mark}二组,2\n`);
}
