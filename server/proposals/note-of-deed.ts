import type { ProposalRow } from './proposal-reads.ts';

/** The note of a deed as its entry has it: what it is about, whom, and the words beside. */
export function noteOfDeed({ event, member, note }: Pick<ProposalRow, 'event' | 'member' | 'note'>): string {
  return [event ?? '', member ?? '', note].filter((part) => part !== '').join(' · ');
}
