import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../client/desk/features.ts';
import { nextStep, setupStepsOf } from '../../../client/desk/setup/setup-steps.ts';
import type { SetupFacts } from '../../../client/desk/shell/feature-contract.ts';

const ORDER = [
  ...['roster', 'rules', 'goods', 'balances', 'stock', 'secondPerson', 'volunteer', 'kiosk'],
  ...['print', 'opening', 'firstRedemption'],
];
const NOTHING: SetupFacts = {
  households: false,
  rules: false,
  goods: false,
  balances: false,
  stock: false,
  secondPerson: false,
  volunteer: false,
  kiosk: false,
  print: false,
  opening: false,
  firstRedemption: false,
};

describe('the steps of a first morning', () => {
  const steps = setupStepsOf(FEATURES);

  it('come from the features in the order in which they are taken', () => {
    expect(steps.map(({ name }) => name)).toEqual(ORDER);
    expect(new Set(steps.map(({ order }) => order)).size).toBe(steps.length);
  });

  it('lead to the first that is not done, and to none when all are', () => {
    expect(nextStep(steps, NOTHING)?.name).toBe('roster');
    expect(nextStep(steps, { ...NOTHING, households: true, goods: true })?.name).toBe('rules');
    const everything = Object.fromEntries(Object.keys(NOTHING).map((fact) => [fact, true]));
    expect(nextStep(steps, everything as unknown as SetupFacts)).toBeNull();
  });

  it('each have a fact of the server, and no fact is without its step', () => {
    for (const fact of Object.keys(NOTHING)) {
      const done = steps.filter(({ isDone }) => isDone({ ...NOTHING, [fact]: true }));
      expect(done, fact).toHaveLength(1);
    }
  });
});
