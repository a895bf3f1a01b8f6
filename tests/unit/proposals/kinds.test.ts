import { describe, expect, it } from 'vitest';
import { MODULES } from '../../../server/modules.ts';
import { ownKinds } from '../../../server/proposals/index.ts';
import { checkKinds } from '../../../server/proposals/proposal-kind.ts';
import { PROPOSAL_KIND_NAMES } from '../../../shared/proposal-kinds.ts';

const kinds = MODULES.flatMap((module) => module.proposalKinds?.({ erase: () => Promise.resolve() }) ?? []);

describe('kinds of proposal', () => {
  it('are each carried out by one room', () => {
    checkKinds(kinds);
    expect(kinds.flatMap(({ names }) => names).toSorted()).toEqual(PROPOSAL_KIND_NAMES.toSorted());
  });

  it('stop the start when nobody or two rooms would carry one out', () => {
    expect(() => {
      checkKinds(ownKinds);
    }).toThrow('nothing carries out a proposal of kind erasure');
    expect(() => {
      checkKinds([...kinds, ...ownKinds]);
    }).toThrow('two definitions carry out a proposal of kind award');
  });
});
