import type { ActField, ActSpec } from '../../shared/acts/act-spec.ts';
import type { ActValue } from '../../shared/acts/act.ts';
import type { OwnAct } from '../../shared/acts/contract.ts';
import { formatHundredths } from '../../shared/points.ts';
import type { ToldThing } from './book-acts.ts';

type Change = OwnAct['changes'][number];

/** A digest says nothing to people, and an operation stands in the words of its act: neither has a line. */
export function isUntold(unit: NonNullable<ActField['unit']>): unit is 'digest' | 'operation' {
  return unit === 'digest' || unit === 'operation';
}

/**
 * Shows a thing among many under its name. One that was made is a line with all its values; of one that was changed each
 * field is told.
 */
export function changesOfThing(
  spec: ActSpec | undefined,
  fact: string,
  { name, was, is }: ToldThing,
): Change[] {
  const fieldOf = (field: string): ActField => spec?.fields[field] ?? { zh: field, en: field };
  if (!was) {
    const values = Object.entries(is).flatMap(([field, value]) => asText(fieldOf(field), value));
    return [{ field: fact, label: { zh: name, en: name }, unit: 'text', is: values }];
  }
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  return Array.from(fields).flatMap((field): Change[] => {
    const { zh, en, unit = 'text' } = fieldOf(field);
    if (isUntold(unit)) return [];
    const label = { zh: `${name} ${zh}`, en: `${name}: ${en}` };
    return [{ field: `${fact}.${field}`, label, unit, was: shown(was[field]), is: shown(is[field]) }];
  });
}

/** Yes and no say nothing without the field's name, and are left out of a line of values. */
function asText({ unit }: ActField, value: ActValue): string[] {
  if (value === undefined || value === null || typeof value === 'boolean') return [];
  if ((unit === 'points' || unit === 'yuan') && typeof value === 'number') return [formatHundredths(value)];
  return typeof value === 'object' ? [...value] : [String(value)];
}

function shown(value: ActValue): Change['was'] {
  return typeof value === 'object' && value !== null ? [...value] : value;
}
