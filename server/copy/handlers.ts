import type { endpoints } from '../../shared/copy/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Popularity } from '../goods/index.ts';
import type { HandlersOf, ReadContext } from '../http/index.ts';
import { changedCopy, type CopyAt, wholeCopy } from './read-copy.ts';

export interface CopyServices {
  readonly popularity: Popularity;
}

export function copyHandlers({ popularity }: CopyServices): HandlersOf<typeof endpoints> {
  return {
    'copy.whole': {
      // A kiosk that may have no copy is refused before an act says that it took one.
      isThere: (_, context) => {
        copyAt(context, popularity);
        return Promise.resolve(true);
      },
      run: (_, context) => wholeCopy(copyAt(context, popularity)),
    },
    'copy.changes': ({ query }, context) => changedCopy(copyAt(context, popularity), query),
  };
}

function copyAt({ reader, village, actor, nowMs, today }: ReadContext, popularity: Popularity): CopyAt {
  if (actor.kioskId === undefined) throw new Refusal('auth.required');
  const householdHundredths = village.settings.withoutNetworkHundredths;
  if (householdHundredths === null) throw new Refusal('copy.off');
  const at = { reader, village, villageId: village.id, kioskId: actor.kioskId, nowMs, today };
  return { ...at, popularity, householdHundredths };
}
