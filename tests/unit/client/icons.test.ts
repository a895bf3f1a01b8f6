import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addIcons, ICONS, strokesOf } from '../../../client/ui/icons.ts';
import { OFFICE_ICONS } from '../../../client/ui/office-icons.ts';

const client = join(import.meta.dirname, '../../../client');

describe('the icons', () => {
  it('of the desk and the kiosk are drawn once they are added, and no name means two drawings', () => {
    expect(strokesOf('print')).toEqual([]);
    addIcons(OFFICE_ICONS);
    expect(strokesOf('print')).toEqual(OFFICE_ICONS.print);
    expect(strokesOf('book')).toEqual(ICONS.book);
    expect(Object.keys(OFFICE_ICONS).filter((name) => name in ICONS)).toEqual([]);
  });

  it.each(['me', 'board', 'https', 'landing'])('of %s are among those of every face', (face) => {
    const sources = readdirSync(join(client, face), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:vue|ts)$/.test(name) && !name.includes('locales'))
      .map((name) => readFileSync(join(client, face, name), 'utf8'))
      .join('\n');
    const asked = [...sources.matchAll(/\b(?:icon|name)(?:="|: ')([^"\n]*)/g)].map((match) => match[1] ?? '');
    expect(asked.length).toBeGreaterThan(0);
    const missing = Object.keys(OFFICE_ICONS).filter((name) =>
      asked.some((words) => new RegExp(`(?:^|')${name}(?:'|$)`).test(words)),
    );
    expect(missing).toEqual([]);
  });
});
