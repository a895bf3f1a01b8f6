import type { endpoints } from '../../shared/texts/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { clearText } from './clear.ts';

export function textsHandlers(): HandlersOf<typeof endpoints> {
  return {
    'texts.clear': async ({ body }, context) => {
      context.act(await clearText(context, body));
      return { ok: true };
    },
  };
}
