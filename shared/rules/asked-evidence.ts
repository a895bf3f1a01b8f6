import { asksForPhotos } from './asks-for-photos.ts';

/** Proofs of a deed that a rule's words may ask for: a photo, somebody who saw it, a paper. */
const EVIDENCE_KINDS = ['photo', 'witness', 'paper'] as const;
type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

const ASKS: Readonly<Record<EvidenceKind, (evidence: string) => boolean>> = {
  photo: asksForPhotos,
  witness: (evidence) => /见证|证人|证明人|签字|确认|witness|confirm/i.test(evidence),
  paper: (evidence) =>
    /表|单|簿|册|记录|登记|签到|证书|证明|献血证|收据|文书|名单|纪要|通知|承诺书|结论|sheet|list|record|paper|certificate|receipt|letter/i.test(
      evidence,
    ),
};

/** The kinds of evidence that a rule asks for. Words that say none of them are for people to read. */
export function askedEvidence(evidence: string): EvidenceKind[] {
  return EVIDENCE_KINDS.filter((kind) => ASKS[kind](evidence));
}

interface Proof {
  /** The text of the deed, which names the paper or who saw it. */
  readonly note: string;
  readonly hasPhotos: boolean;
}

/** Whether a rule asks for somebody who saw it or for a paper, and the deed names neither and shows neither. */
export function lacksEvidence(evidence: string, { note, hasPhotos }: Proof): boolean {
  const isAsked = askedEvidence(evidence).some((kind) => kind !== 'photo');
  return isAsked && note.trim() === '' && !hasPhotos;
}
