import type { VillageContext } from '../http/index.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { AnyAct } from '../../shared/acts/act.ts';

type Village = Pick<VillageContext, 'id' | 'name' | 'town' | 'isDemo' | 'settings'>;

/** The first act of every book. */
export function actOfFounding({ id, name, town, isDemo }: Omit<Village, 'settings'>): AnyAct {
  return { act: 'village.founded', on: `village:${id}`, is: { name, town, isDemo: isDemo || null } };
}

/** The settings that changed, each a field of the act. The address has an act of its own. */
export function actOfChange(was: Village, now: Village): AnyAct {
  return { act: 'village.changed', on: `village:${now.id}`, was: toldOf(was), is: toldOf(now) };
}

export function toldOf({ name, town, settings }: Village) {
  const { address: _address, ...told } = { ...DEFAULT_SETTINGS, ...settings };
  return { name, town, ...told };
}
