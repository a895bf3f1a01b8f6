import type { BadRow } from '../../shared/ledger/verification.ts';
import { REPORT_TRANSITIONS, type ReportStep } from '../../shared/reports/states.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck, type ToldAct } from '../acts/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { type ReportRow, sealOfReport, sealOfStep } from './report-row.ts';

/** The step that each act tells of. */
const STEPS: Readonly<Record<string, ReportStep>> = {
  'reports.taken_up': 'take_up',
  'reports.not_accepted': 'not_accept',
  'reports.withdrawn': 'withdraw',
};

/** Compares every report, and the step that ended it, with the acts of the book. */
export const checkReports: StartCheck = (at) => {
  const told = new Map<string, ToldAct[]>();
  let erased = 0;
  return {
    take(act) {
      if (act.act === 'households.erased') erased = act.number;
      if (act.kind === 'report') told.set(act.id, [...(told.get(act.id) ?? []), act]);
    },
    async finish({ isWhole }) {
      const { reports } = at.reader.t;
      let [rows, last] = [0, 0];
      for await (const page of pagesById(at, 'reports')) {
        for (const row of page) {
          const acts = told.get(row.id) ?? [];
          told.delete(row.id);
          const wrong = wrongReport(at, row, { acts, erased, isWhole });
          if (wrong) return wrong;
          rows += 1;
          last = Math.max(last, row.number);
        }
      }
      const [lost] = told;
      if (lost && isWhole) return badTold(reports, { id: lost[0], check: 'missing' });
      if (rows !== last) return badTold(reports, { id: String(last), column: 'number', check: 'missing' });
      return null;
    },
  };
};

interface Compared {
  readonly acts: readonly ToldAct[];
  /** The last act that erased a household. */
  readonly erased: number;
  readonly isWhole: boolean;
}

function wrongReport(
  { reader }: CheckAt,
  row: ReportRow,
  { acts, erased, isWhole }: Compared,
): BadRow | null {
  const { reports } = reader.t;
  const { id } = row;
  const [first, second, ...others] = acts;
  if (!first) return isWhole ? badTold(reports, { id, check: 'orphan' }) : null;
  if (others.length > 0) return badTold(reports, { id, check: 'exceeds' });
  const seal = sealOfReport(row);
  if (seal !== null && seal !== first.is.get('seal'))
    return badTold(reports, { id, column: 'words', check: 'told', number: first.number });
  const step = second && STEPS[second.act];
  const wrong = firstWrong(reports, { id, check: 'told', number: (second ?? first).number }, [
    ['number', first.is.get('number'), row.number],
    ['kind', first.is.get('kind'), row.kind],
    ['reporterId', first.actorId, row.reporterId],
    ['state', step ? REPORT_TRANSITIONS[step].to : 'waiting', row.state],
    ['proposalId', second?.is.get('deed'), row.proposalId],
    ['checkedBy', step === undefined || step === 'withdraw' ? null : second?.actorId, row.checkedBy],
    ['checkedAtMs', second !== undefined, row.checkedAtMs !== null],
    ['salt', true, row.salt !== null || (first.number < erased && row.words === '')],
    ['stepSalt', true, isSalted(row, second, erased)],
  ]);
  if (wrong) return wrong;
  const stepSeal = second && sealOfStep(row);
  return second && stepSeal !== null && stepSeal !== second.is.get('seal')
    ? badTold(reports, { id, column: 'reason', check: 'told', number: second.number })
    : null;
}

/** A step has its salt until an erasure takes the reason along. */
function isSalted({ stepSalt, reason }: ReportRow, step: ToldAct | undefined, erased: number): boolean {
  if (!step) return stepSalt === null && reason === '';
  return stepSalt !== null || (step.number < erased && reason === '');
}
