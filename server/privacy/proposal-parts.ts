import { PERSONAL_PROPOSALS, PERSONAL_STATES } from '../../shared/privacy/personal-file-words.ts';
import { type PersonalProposal, proposalsOf } from '../proposals/index.ts';
import { points, type Told } from './parts.ts';

/** What was proposed for the household, and what proposals for others say of it. */
export async function proposalsParts(told: Told) {
  const all = await proposalsOf(told.reader, told.villageId, told.householdId);
  return {
    proposals: all.filter(({ isOwn }) => isOwn).map((one) => ownProposal(told, one)),
    elsewhere: all.filter(({ isOwn }) => !isOwn).map((one) => otherProposal(told, one)),
  };
}

function ownProposal({ moment, nameOf }: Told, one: PersonalProposal) {
  return {
    编号: one.id,
    种类: PERSONAL_PROPOSALS[one.kind],
    状态: PERSONAL_STATES[one.state],
    日期: one.effectiveOn,
    细则: one.rule,
    积分: points(one.points),
    说明: one.note,
    提出: { 人: nameOf(one.proposedBy), 时间: moment(one.proposedAtMs) },
    决定: one.decidedAtMs === null ? null : { 人: nameOf(one.decidedBy), 时间: moment(one.decidedAtMs) },
    理由: one.reason,
    凭证号: one.journalNumber,
    照片: one.pictureIds ?? [],
    经过: one.events.map(({ toState, actorId, reason, atMs }) => ({
      到: PERSONAL_STATES[toState],
      人: nameOf(actorId),
      时间: moment(atMs),
      理由: reason,
    })),
  };
}

/** Remarks on it are about the other household; what it says of this one is how it was entered when it was split off. */
function otherProposal({ householdId, moment }: Told, { kind, state, change, ...one }: PersonalProposal) {
  const entered = change?.kind === 'split' && change.fresh.id === householdId ? change.fresh : null;
  return {
    种类: PERSONAL_PROPOSALS[kind],
    状态: PERSONAL_STATES[state],
    日期: one.effectiveOn,
    提出时间: moment(one.proposedAtMs),
    登记的资料: entered && {
      户号: entered.number,
      村民小组: entered.group,
      户主: entered.head,
      人口: entered.size,
      电话: entered.phone,
    },
  };
}
