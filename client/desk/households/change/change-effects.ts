import type { Proposal } from '../../../../shared/proposals/proposal.ts';
import { OPEN_STATES } from '../../../../shared/proposals/states.ts';
import type { Format } from '../../../i18n/format.ts';
import type { DeskText } from '../../text.ts';

interface Named {
  readonly number: string;
  readonly head: string;
}

interface WithBalance extends Named {
  readonly balance: number;
}

/** A change that somebody is about to propose, as far as it has been filled in. */
export type Draft =
  | { readonly kind: 'split'; readonly number: string; readonly head: string; readonly points: number }
  | { readonly kind: 'merge'; readonly other: WithBalance | null }
  | { readonly kind: 'departure'; readonly other: WithBalance | null };

interface Words {
  readonly text: DeskText;
  readonly format: Format;
}

const named = ({ number, head }: Named) => `${number} ${head}`.trim();

/** Says what will happen once a draft has been approved, sentence by sentence. */
export function effectsOfDraft(
  household: WithBalance,
  draft: Draft,
  { text: { t }, format }: Words,
): string[] {
  const { balance } = household;
  if (draft.kind === 'split') {
    const who = named(draft);
    return [
      draft.number === '' ? t('changes.makesUnknown', { head: draft.head }) : t('changes.makes', { who }),
      draft.points === 0
        ? t('changes.noPoints')
        : t('changes.moves', { points: format.points(draft.points), who }),
      t('changes.left', { who: named(household), points: format.points(balance - draft.points) }),
    ];
  }
  const { other } = draft;
  const points = format.points(balance);
  const leaves = other ? t('changes.moves', { points, who: named(other) }) : t('changes.lapses', { points });
  const sentences = balance === 0 ? [t('changes.noPoints')] : [leaves, t('changes.asThen', { points })];
  if (other && balance !== 0) {
    const [before, after] = [format.points(other.balance), format.points(other.balance + balance)];
    sentences.push(t('changes.gets', { who: named(other), before, after }));
  }
  return [...sentences, t('changes.closes', { who: named(household) })];
}

/** Says what a proposal will do, or has done, to the households it touches; empty for a plain deed. */
export function effectsOfProposal(proposal: Proposal, { text: { t }, format }: Words): string[] {
  const { kind, change, household, state } = proposal;
  if (change === null) return [];
  if (kind === 'erasure') return [t('changes.erases', { who: named(household) }), t('changes.erasureKeeps')];
  const points = format.points(Math.abs(proposal.points));
  if (kind === 'reversal') {
    const [from, to] = [change.other, household].map((one) => (one ? named(one) : ''));
    return [t('changes.comesBack', { points, from: from ?? '', to: to ?? '' })];
  }
  const target = change.fresh ?? change.other;
  const leaves = target
    ? t('changes.moves', { points, who: named(target) })
    : t('changes.lapses', { points });
  const moved = proposal.points === 0 ? t('changes.noPoints') : leaves;
  if (change.fresh) return [t('changes.makes', { who: named(change.fresh) }), moved];
  const isOpen = OPEN_STATES.includes(state);
  return [
    moved,
    ...(isOpen && proposal.points !== 0 ? [t('changes.asThen', { points })] : []),
    t('changes.closes', { who: named(household) }),
  ];
}
