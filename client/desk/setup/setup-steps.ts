import type { Feature, SetupFacts, SetupStep } from '../shell/feature-contract.ts';

/** The steps of all features, in the order in which they are taken. */
export function setupStepsOf(features: readonly Feature[]): readonly SetupStep[] {
  return features.flatMap(({ setupSteps = [] }) => setupSteps).sort((one, other) => one.order - other.order);
}

/** The first step that is not done; null once all are. */
export function nextStep(steps: readonly SetupStep[], setup: SetupFacts): SetupStep | null {
  return steps.find(({ isDone }) => !isDone(setup)) ?? null;
}
