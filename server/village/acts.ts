import type { VillageContext } from '../http/index.ts';
import { DEFAULT_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { formatHundredths, isAmount } from '../../shared/points.ts';
import { listed } from '../../shared/sentence.ts';

type Village = Pick<VillageContext, 'id' | 'name' | 'town' | 'isDemo' | 'settings'>;

/** The first act of every book. It tells the settings that the village begins with. */
export function actOfFounding(
  made: Omit<Village, 'settings'> & { readonly settings: Partial<VillageSettings> },
): AnyAct {
  const { id, isDemo } = made;
  return { act: 'village.founded', on: `village:${id}`, is: { ...toldOf(made), isDemo: isDemo || null } };
}

/** The settings that changed, each a field of the act. Address and printer have acts of their own. */
export function actOfChange(was: Village, now: Village): AnyAct {
  return { act: 'village.changed', on: `village:${now.id}`, was: toldOf(was), is: toldOf(now) };
}

/** The name and the settings as acts tell them. */
export function toldOf({
  name,
  town,
  settings,
}: Pick<Village, 'name' | 'town'> & { readonly settings: Partial<VillageSettings> }) {
  const { address: _address, printer: _printer, budgetHeads, ...told } = { ...DEFAULT_SETTINGS, ...settings };
  // A figure that was written past the program is told as it is, so that verification can name it.
  const parts = budgetHeads.map(
    ({ head, hundredths }) =>
      `${head} ${isAmount(hundredths) ? formatHundredths(hundredths) : String(hundredths)}`,
  );
  return { name, town, ...told, budgetHeads: listed(parts) };
}
