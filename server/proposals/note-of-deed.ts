import type { ProposalRow } from './proposal-reads.ts';

/** The note of a deed as its entry has it: which option it is, what it is about, whom, and the words beside. */
export function noteOfDeed({
  option,
  event,
  member,
  note,
}: Pick<ProposalRow, 'option' | 'event' | 'member' | 'note'>): string {
  return [option ?? '', event ?? '', member ?? '', note].filter((part) => part !== '').join(' · ');
}
