import { DOMAINS } from './domains.ts';
import { foldPart } from './fold.ts';

/** Everything that a second person approves, with its name in both languages. */
export const PROPOSAL_KINDS = /* @__PURE__ */ foldPart(DOMAINS, 'proposalKinds');

export type ProposalKind = keyof typeof PROPOSAL_KINDS;

export const PROPOSAL_KIND_NAMES = /* @__PURE__ */ Object.keys(PROPOSAL_KINDS) as [
  ProposalKind,
  ...ProposalKind[],
];
