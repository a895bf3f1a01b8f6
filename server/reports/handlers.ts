import type { endpoints } from '../../shared/reports/endpoints.ts';
import { runCommand } from '../commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Actor, HandlersOf, RandomBytes, WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseHelper } from '../me/index.ts';
import { createAwards, toldSteps } from '../proposals/index.ts';
import { endReport } from './end-report.ts';
import { listReports, viewReport } from './list.ts';
import { refuseToCheck } from './may-check.ts';
import { ownReports, ownStanding } from './own.ts';
import { receiveReport } from './receive.ts';
import type { ReportAt } from './report-at.ts';
import { findReport } from './report-row.ts';

interface ReportsServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
}

type OwnEndpoint = `reports.${'own' | 'standing' | 'make' | 'withdrawOwn'}`;

export function reportsHandlers(services: ReportsServices): HandlersOf<typeof endpoints> {
  return { ...deskHandlers(services), ...ownHandlers(services) };
}

function deskHandlers({ ledger, random }: ReportsServices): Omit<HandlersOf<typeof endpoints>, OwnEndpoint> {
  return {
    'reports.list': ({ query }, context) => listReports(context.reader, context, query),
    'reports.get': ({ params: { id } }, context) => viewReport(context.reader, context, id),
    'reports.takeUp': async ({ params: { id }, body }, context) => {
      const { tx, village, actor } = context;
      await tx.lockBook(village.id);
      const { row } = await findReport(tx, village.id, id);
      refuseToCheck(context, row);
      // The same command as by hand, so that its checks and caps hold here too.
      const award = {
        ...{ ruleId: row.ruleId, householdIds: [row.householdId], effectiveOn: row.effectiveOn },
        ...{ ...body, isReported: true },
      };
      const call = toldSteps({ ...context, ledger }, createAwards.with(award, context));
      const { ids } = await runCommand(tx, village.id, call);
      const [proposalId = ''] = ids;
      const step = { step: 'take_up', by: actor.id, proposalId } as const;
      context.act(await endReport(tx, atOf(context, random), row, step));
      return { id, proposalId };
    },
    'reports.notAccept': async ({ params: { id }, body: { reason } }, context) => {
      const { tx, village, actor } = context;
      await tx.lockBook(village.id);
      const { row } = await findReport(tx, village.id, id);
      refuseToCheck(context, row);
      const step = { step: 'not_accept', by: actor.id, reason } as const;
      context.act(await endReport(tx, atOf(context, random), row, step));
      return { id };
    },
  };
}

function ownHandlers({ random }: ReportsServices): Pick<HandlersOf<typeof endpoints>, OwnEndpoint> {
  return {
    'reports.own': async (_, context) => {
      await refuseHelper(context.reader, ownOf(context));
      return {
        items: await ownReports(context.reader, context),
        hasNotices: context.village.settings.noticeDays !== null,
      };
    },
    'reports.standing': async ({ query }, context) => {
      await refuseHelper(context.reader, ownOf(context));
      return ownStanding(context.reader, context, query);
    },
    'reports.make': async ({ body }, context) => {
      await context.tx.lockBook(context.village.id);
      await refuseHelper(context.tx, ownOf(context));
      const received = { ...body, reporterId: context.actor.id };
      const { act, ...made } = await receiveReport(context.tx, atOf(context, random), received);
      context.act(act);
      return made;
    },
    'reports.withdrawOwn': async ({ params: { id } }, context) => {
      const { tx, village, actor } = context;
      await tx.lockBook(village.id);
      await refuseHelper(tx, ownOf(context));
      const { row } = await findReport(tx, village.id, id);
      if (row.reporterId !== actor.id) throw new Refusal('report.not_found');
      if (row.state !== 'waiting') throw new Refusal('report.state');
      context.act(await endReport(tx, atOf(context, random), row, { step: 'withdraw', by: null }));
      return { id };
    },
  };
}

const SALT_BYTES = 16;

function atOf(
  { village, today, nowMs, newId }: Pick<WriteContext, 'village' | 'today' | 'nowMs' | 'newId'>,
  random: RandomBytes,
): ReportAt {
  const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');
  return { village, today, nowMs, newId, newSalt };
}

function ownOf({ village, actor }: { readonly village: { readonly id: string }; readonly actor: Actor }) {
  return { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
}
