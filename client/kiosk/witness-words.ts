import type { Statement } from './composables/createStatementDesk.ts';
import type { useText } from './text.ts';

type Witnessed = NonNullable<Statement['lines'][number]['witnessed']>;

/** Says which volunteers typed their PINs for a redemption. */
export function witnessWords({ why, names }: Witnessed, t: ReturnType<typeof useText>['t']): string {
  return t(why === 'new' ? 'statement.seconded' : 'statement.vouched', { names: names.join('、') });
}
