import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { ProposalKind } from '../../shared/proposal-kinds.ts';
import type { HouseholdChange, ProposalState } from '../../shared/proposals/states.ts';
import type { DeedAttendance } from '../../shared/workdays/states.ts';

/** Proposals and their fate. Written by server/proposals. */
export function proposalsTables(k: Kit) {
  /**
   * Each household and deed has one row. It moves through the states of shared/proposals/states.ts; points move
   * only when it is posted.
   */
  const proposals = k.table(
    'proposals',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      batchId: k.text().plain().notNull(),
      kind: k.text().personal('household', 'kept').$type<ProposalKind>().notNull(),
      state: k.text().plain().$type<ProposalState>().notNull(),
      householdId: k.text().reference().notNull(),
      ruleId: k.text().personal('household', 'kept'),
      ruleVersion: k.int().plain(),
      /** Hundredths, signed as they will be posted. */
      points: k.int().personal('household', 'kept').notNull(),
      /** The name of the option that it is, under a rule that names several (本科). */
      option: k.text().personal('household', 'erased'),
      note: k.text().personal('household', 'erased').notNull(),
      /** Words that a cap of its rule counts by: the member and the event that the deed is about (长子, 张家婚礼). */
      member: k.text().personal('household', 'erased'),
      event: k.text().personal('household', 'erased'),
      effectiveOn: k.text().plain().notNull(),
      proposedBy: k.text().reference().notNull(),
      proposedAtMs: k.int().plain().notNull(),
      decidedBy: k.text().reference(),
      decidedAtMs: k.int().plain(),
      reason: k.text().personal('household', 'erased'),
      /** When whoever approved it was first shown it; null: not on notice yet, or nobody was shown it. */
      seenAtMs: k.int().plain(),
      /** The notice that tells of it; null: none yet. */
      noticeId: k.text().plain(),
      /** So many objections to it are open; null: none, or it is posted (server/objections). */
      openObjections: k.int().plain(),
      /** The attendance at an event that it is awarded for; null for other deeds (server/workdays). */
      attendance: k.json<DeedAttendance>().plain(),
      journalNumber: k.int().plain(),
      reversesNumber: k.int().plain(),
      /** Photos handed in as evidence; null: none. */
      pictureIds: k.json<string[]>().personal('household', 'swept'),
      /** The people who judged it in a round, or keyed in what judges marked: they do not decide it (server/rounds). Null: no round. */
      judgedBy: k.json<string[]>().reference(),
      /** The change of the household, for a split, a merge or a move away; null for deeds and reversals. */
      change: k.json<HouseholdChange>().personal('household', 'erased'),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('proposals_by_state').on(t.villageId, t.state, t.id),
      // Nearly all proposals are posted, and statistics say no more than that of a state.
      k
        .index('proposals_open')
        .on(t.villageId, t.state, t.proposedBy)
        .where(sql`${t.state} not in ('posted', 'withdrawn')`),
      k.index('proposals_by_household').on(t.villageId, t.householdId, t.id),
      k.index('proposals_by_batch').on(t.villageId, t.batchId),
      // Caps are counted along this index: one household's deeds under one rule, by their days.
      k.index('proposals_by_rule').on(t.villageId, t.ruleId, t.householdId, t.effectiveOn),
      k.index('proposals_by_proposer').on(t.villageId, t.proposedBy, t.id),
      // Few deeds have photos, and none keeps them for ever.
      k
        .index('proposals_with_photos')
        .on(t.villageId, t.state, t.proposedAtMs)
        .where(sql`${t.pictureIds} is not null`),
    ],
  );

  const proposalEvents = k.table(
    'proposal_events',
    {
      villageId: k.text().plain().notNull(),
      proposalId: k.text().plain().notNull(),
      step: k.int().plain().notNull(),
      fromState: k.text().plain().$type<ProposalState>(),
      toState: k.text().plain().$type<ProposalState>().notNull(),
      actorId: k.text().reference().notNull(),
      reason: k.text().personal('household', 'erased').notNull(),
      atMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.proposalId, t.step] })],
  );

  /**
   * Points given and taken off under a wording of a rule, by the month of the entries' day. Reversed points count in the
   * month of the reversal. It is derived from posted proposals and written with them.
   */
  const deedMonths = k.table(
    'deed_months',
    {
      villageId: k.text().plain().notNull(),
      /** YYYY-MM */
      month: k.text().plain().notNull(),
      ruleId: k.text().plain().notNull(),
      ruleVersion: k.int().plain().notNull(),
      /** Hundredths. */
      given: k.int().plain().notNull(),
      /** Hundredths, positive. */
      deducted: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.month, t.ruleId, t.ruleVersion] })],
  );

  /** How many awards a household has of a month's days, without those that were taken back. Kept like `deedMonths`. */
  const awardMonths = k.table(
    'award_months',
    {
      villageId: k.text().plain().notNull(),
      /** YYYY-MM */
      month: k.text().plain().notNull(),
      householdId: k.text().reference().notNull(),
      awards: k.int().personal('household', 'kept').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.month, t.householdId] })],
  );

  return { proposals, proposalEvents, deedMonths, awardMonths };
}
