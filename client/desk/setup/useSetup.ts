import { computed, proxyRefs } from 'vue';
import type { AnswerOf, BodyOf } from '../../api/index.ts';
import { useIntent } from '../../intent/useIntent.ts';
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

  const noting = useIntent<BodyOf<'village.noteStep'>, AnswerOf<'village.noteStep'>>({
    send: (body, key) => desk.api.call('village.noteStep', { body, key }),
  });

  async function skip(step: SetupStep): Promise<boolean> {
    if (!step.skip) return false;
    // Noting a step again changes nothing: the lost answer of another one needs no asking.
    await noting.beginAnew();
    const noted = await noting.run({ step: step.skip.step });
    await loaded.reload();
    return noted !== null;
  }

  return proxyRefs({
    steps,
    isLed,
    loaded,
    /** Shown where it failed. */
    noting,
    skip,
    reload: loaded.reload,
    facts,
    next,
  });
}
