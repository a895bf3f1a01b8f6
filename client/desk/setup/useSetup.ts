import { computed } from 'vue';
import { newKey, type AnswerOf } from '../../api/index.ts';
import { useLoad } from '../../ui/useLoad.ts';
import { useDesk } from '../desk.ts';
import { useFeatures, type SetupStep } from '../shell/feature-contract.ts';
import { nextStep, setupStepsOf } from './setup-steps.ts';

export type Setup = ReturnType<typeof useSetup>;

/** How far this village has come on its first morning. Only who may set it up is led through it. */
export function useSetup() {
  const desk = useDesk();
  const steps = setupStepsOf(useFeatures());
  const isLed = desk.mayDo('village.change');
  const loaded = useLoad((signal) => desk.api.call('village.summary', { signal }), { now: isLed });
  const facts = computed<AnswerOf<'village.summary'>['setup'] | null>(() => loaded.data.value?.setup ?? null);
  const next = computed<SetupStep | null>(() => facts.value && nextStep(steps, facts.value));

  /** Noting a step again changes nothing, so a lost answer is asked for again under a new key. */
  async function skip(step: SetupStep): Promise<boolean> {
    if (!step.skip) return false;
    const body = { step: step.skip.step };
    const outcome = await desk.api.call('village.noteStep', { body, key: newKey() });
    await loaded.reload();
    return outcome.kind === 'answer';
  }

  return {
    steps,
    isLed,
    loaded,
    skip,
    reload: loaded.reload,
    facts,
    next,
  };
}
