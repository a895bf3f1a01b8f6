import { isDecider } from '../../../../shared/rules/decider-words.ts';
import type { BodyOf } from '../../../api/index.ts';

/** The day from which a version counts, and the meeting that decided it, as they are typed. */
export interface VersionForm {
  effectiveFrom: string;
  decidedBy: string;
  decidedOn: string;
}

export type VersionField = keyof VersionForm;

export function emptyVersion(): VersionForm {
  return { effectiveFrom: '', decidedBy: '', decidedOn: '' };
}

/** Says of each field whether it is wrong. A change has to say who decided it; so does a new rule that names a meeting or a day. */
export function wrongInVersion(
  { effectiveFrom, decidedBy, decidedOn }: VersionForm,
  { today, isChange }: { readonly today: string; readonly isChange: boolean },
): Readonly<Record<VersionField, boolean>> {
  const isTold = isChange || decidedBy !== '' || decidedOn !== '';
  return {
    effectiveFrom: effectiveFrom !== '' && effectiveFrom < today,
    decidedBy: isTold && !isDecider(decidedBy),
    decidedOn: isTold && (decidedOn === '' || decidedOn > today),
  };
}

type Body = Pick<BodyOf<'rules.update'>, 'effectiveFrom' | 'decidedBy' | 'decidedOn'>;

/** The part of the request that is about the version. Without a day it counts as early as it may. */
export function bodyOfVersion({ effectiveFrom, decidedBy, decidedOn }: VersionForm): Body {
  return {
    ...(effectiveFrom === '' ? {} : { effectiveFrom }),
    decidedBy: isDecider(decidedBy) ? decidedBy : null,
    decidedOn: decidedOn === '' ? null : decidedOn,
  };
}
