import { createRequire } from 'node:module';
import type * as Pinyin from 'pinyin-pro';
import { onFirstUse } from '../lazy.ts';

const require = createRequire(import.meta.url);
const library = onFirstUse(() => require('pinyin-pro') as typeof Pinyin);

const KNOWN_MOST = 2000;

/**
 * The words by which a title can be found: its whole pinyin and its initials ("dasaojiedao dsjd"). The function
 * remembers titles it has spelled.
 */
export function createTitlePinyin(): (title: string) => string {
  const known = new Map<string, string>();
  return (title) => {
    const before = known.get(title);
    if (before !== undefined) return before;
    const syllables = library().pinyin(title, { toneType: 'none', type: 'array', v: true, nonZh: 'removed' });
    const spelled = `${syllables.join('')} ${syllables.map((one) => one.slice(0, 1)).join('')}`;
    if (known.size >= KNOWN_MOST) known.clear();
    known.set(title, spelled);
    return spelled;
  };
}
