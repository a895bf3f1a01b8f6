import { PROPOSAL_KINDS } from '../../shared/proposal-kinds.ts';
import { PERSONAL_STATES, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { picturesOf, readPicture } from '../pictures/index.ts';
import { type PersonalProposal, photosOf, proposalsOf } from './personal.ts';

/** Photos beyond this are named and not put in: a phone has to hold the file. */
const PHOTO_BYTES_MOST = 16 * 1024 * 1024;

/** The proposals for the household, what proposals for others say about it, and the photos of its deeds. */
export async function proposalsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const all = await proposalsOf(subject.reader, subject.villageId, subject.householdId);
  return [
    ['申报', all.filter(({ isOwn }) => isOwn).map((one) => ownProposal(subject, one))],
    ['别户申报里登记的本户资料', all.filter(({ isOwn }) => !isOwn).map((one) => otherProposal(subject, one))],
    ['照片', photos(subject)],
  ];
}

function ownProposal({ moment, nameOf }: FileSubject, one: PersonalProposal) {
  return {
    编号: one.id,
    种类: PROPOSAL_KINDS[one.kind].zh,
    状态: PERSONAL_STATES[one.state],
    日期: one.effectiveOn,
    细则: one.rule,
    积分: pointsNumber(one.points),
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

/**
 * The remarks of such a proposal are about the other household. It says of this one only how it was entered when it
 * was split off.
 */
function otherProposal(
  { householdId, moment }: FileSubject,
  { kind, state, change, ...one }: PersonalProposal,
) {
  const entered = change?.kind === 'split' && change.fresh.id === householdId ? change.fresh : null;
  return {
    种类: PROPOSAL_KINDS[kind].zh,
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

/** Yields photos one by one, because only photos are large. */
async function* photos({ reader, villageId, householdId, moment }: FileSubject): AsyncGenerator<object> {
  const shown = await photosOf(reader, villageId, householdId);
  let bytesLeft = PHOTO_BYTES_MOST;
  for (const { id, width, height, createdAtMs } of await picturesOf(reader, villageId, [...shown.keys()])) {
    const about = { 编号: id, 交来时间: moment(createdAtMs), 宽: width, 高: height };
    if (shown.get(id)?.isShared === true) {
      yield { ...about, 说明: WORDS.sharedPhoto };
      continue;
    }
    const { bytes, mediaType } = await readPicture(reader, villageId, id, 'evidence');
    bytesLeft -= bytes.length;
    yield bytesLeft < 0
      ? { ...about, 说明: WORDS.largePhoto }
      : { ...about, 照片: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` };
  }
}
