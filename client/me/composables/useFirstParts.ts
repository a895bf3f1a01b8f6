import { ref, shallowRef, watch } from 'vue';
import { loadChangesList, loadComingDeeds, loadForgetfulNotice, loadOwnReminders } from '../part-loaders.ts';

const LOADERS = {
  forgetful: loadForgetfulNotice,
  reminders: loadOwnReminders,
  coming: loadComingDeeds,
  changes: loadChangesList,
};
type Name = keyof typeof LOADERS;
type Parts = { [Key in Name]?: Awaited<ReturnType<(typeof LOADERS)[Key]>>['default'] };

/**
 * Parts of the first view that only some households need. They are there together, so that what stands below them does not
 * jump away under a finger. Null: they are on their way.
 */
export function useFirstParts(needed: () => readonly Name[]) {
  const parts = shallowRef<Parts | null>(null);
  const isLost = ref(false);

  async function load(names: readonly Name[]): Promise<void> {
    const loaded = await Promise.all(
      names.map(async (name) => [name, (await LOADERS[name]()).default] as const),
    );
    const found: Parts = {};
    for (const [name, part] of loaded) Object.assign(found, { [name]: part });
    parts.value = found;
  }

  watch(
    () => needed().join(' '),
    () => {
      load(needed()).catch(() => {
        isLost.value = true;
        parts.value ??= {};
      });
    },
    { immediate: true },
  );
  return { parts, isLost };
}
