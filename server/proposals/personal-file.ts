import { HOUSEHOLD_TITLES } from '../../shared/households/personal-file-words.ts';
import {
  PHOTO_TITLES,
  PROPOSAL_PARTS,
  PROPOSAL_TITLES,
  STEP_TITLES,
} from '../../shared/proposals/personal-file-words.ts';
import { PROPOSAL_KINDS } from '../../shared/proposal-kinds.ts';
import { PERSONAL_STATES, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { picturesOf, readPicture } from '../pictures/index.ts';
import { type PersonalProposal, photosOf, proposalsOf } from './personal.ts';

/** Photos beyond this are named and not put in: a phone has to hold the file. */
const PHOTO_BYTES_MOST = 16 * 1024 * 1024;

/** The proposals for the household, what proposals for others say about it, and the photos of its deeds. */
export async function proposalsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const all = await proposalsOf(subject.reader, subject.villageId, subject.householdId);
  return [
    [PROPOSAL_PARTS.own, all.filter(({ isOwn }) => isOwn).map((one) => ownProposal(subject, one))],
    [PROPOSAL_PARTS.ofOthers, all.filter(({ isOwn }) => !isOwn).map((one) => otherProposal(subject, one))],
    [PROPOSAL_PARTS.photos, photos(subject)],
  ];
}

function ownProposal({ moment, nameOf }: FileSubject, one: PersonalProposal) {
  return titled(PROPOSAL_TITLES, {
    id: one.id,
    kind: PROPOSAL_KINDS[one.kind].zh,
    state: PERSONAL_STATES[one.state],
    effectiveOn: one.effectiveOn,
    rule: one.rule,
    points: pointsNumber(one.points),
    option: one.option,
    note: one.note,
    member: one.member,
    event: one.event,
    proposed: titled(STEP_TITLES, { by: nameOf(one.proposedBy), at: moment(one.proposedAtMs) }),
    decided:
      one.decidedAtMs === null
        ? null
        : titled(STEP_TITLES, { by: nameOf(one.decidedBy), at: moment(one.decidedAtMs) }),
    reason: one.reason,
    journalNumber: one.journalNumber,
    photos: one.pictureIds ?? [],
    steps: one.events.map(({ toState, actorId, reason, atMs }) =>
      titled(STEP_TITLES, {
        to: PERSONAL_STATES[toState],
        by: nameOf(actorId),
        at: moment(atMs),
        reason,
      }),
    ),
  });
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
  return titled(PROPOSAL_TITLES, {
    kind: PROPOSAL_KINDS[kind].zh,
    state: PERSONAL_STATES[state],
    effectiveOn: one.effectiveOn,
    proposedAt: moment(one.proposedAtMs),
    entered:
      entered &&
      titled(HOUSEHOLD_TITLES, {
        number: entered.number,
        group: entered.group,
        head: entered.head,
        size: entered.size,
        phone: entered.phone,
      }),
  });
}

/** Yields photos one by one, because only photos are large. */
async function* photos({ reader, villageId, householdId, moment }: FileSubject): AsyncGenerator<object> {
  const shown = await photosOf(reader, villageId, householdId);
  let bytesLeft = PHOTO_BYTES_MOST;
  for (const { id, width, height, createdAtMs } of await picturesOf(reader, villageId, [...shown.keys()])) {
    const about = { id, added: moment(createdAtMs), width, height };
    if (shown.get(id)?.isShared === true) {
      yield titled(PHOTO_TITLES, { ...about, note: WORDS.sharedPhoto });
      continue;
    }
    const { bytes, mediaType } = await readPicture(reader, villageId, id, 'evidence');
    bytesLeft -= bytes.length;
    yield titled(
      PHOTO_TITLES,
      bytesLeft < 0
        ? { ...about, note: WORDS.largePhoto }
        : { ...about, photo: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` },
    );
  }
}
