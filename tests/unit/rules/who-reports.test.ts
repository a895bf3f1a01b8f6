import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askedEvidence, lacksEvidence } from '../../../shared/rules/asked-evidence.ts';
import { mayReport, namedInFull, namedProposers } from '../../../shared/rules/proposer-kinds.ts';

const kinds = (written: string) => namedProposers(written).map(({ words, kind }) => kind ?? words);

describe('who reports under a rule', () => {
  test.each([
    ['评', ['panel']],
    ['评/组', ['panel', 'group']],
    ['评→委', ['panel', 'committee']],
    ['户／红白理事会', ['self', '红白理事会']],
    ['评议员、小组长、本人', ['panel', 'group', 'self']],
    ['the household, group leader', ['self', 'group']],
    ['村委', ['committee']],
    ['系', ['system']],
    ['—', []],
    ['', []],
    ['评审团', ['评审团']],
  ])('%s', (written, expected) => {
    expect(kinds(written)).toEqual(expected);
  });

  test('every kind of the rule book that villages begin with is known, but the two councils', () => {
    const text = readFileSync(new URL('../../../db/starter/rules.csv', import.meta.url), 'utf8');
    const proposers = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replaceAll(/"[^"]*"/g, '').split(',')[4] ?? '');
    const unknown = new Set(
      proposers.flatMap((written) => kinds(written)).filter((kind) => /\p{Script=Han}/u.test(kind)),
    );
    expect(proposers).toHaveLength(69);
    expect([...unknown].sort()).toEqual(['理事会', '红白理事会']);
  });

  test.each([
    ['judge', '评', true],
    ['judge', '组', false],
    ['judge', '评/组', true],
    ['group_leader', '组', true],
    ['group_leader', '评', false],
    ['group_leader', '委', false],
    ['committee', '组', true],
    ['committee', '户', true],
    ['admin', '系', true],
    ['shopkeeper', '委', false],
    ['supervisor', '评', false],
    ['group_leader', '红白理事会', true],
    ['judge', '', true],
  ] as const)('somebody who is %s, under %s', (role, written, may) => {
    expect(mayReport(written, { roles: [role], isOwn: false })).toBe(may);
  });

  test.each([
    ['committee', '户', true],
    ['committee', '户/组', true],
    ['committee', '评', false],
    ['committee', '邻/组', false],
    ['committee', '委', false],
    ['group_leader', '户', false],
    ['committee', '户/红白理事会', true],
    ['committee', '', true],
  ] as const)('%s for the own household, under %s', (role, written, may) => {
    expect(mayReport(written, { roles: [role], isOwn: true })).toBe(may);
  });

  test('is named in full words in a refusal', () => {
    expect(namedInFull('评/组')).toBe('评议组或组长');
    expect(namedInFull('户/红白理事会')).toBe('农户自己或红白理事会');
  });
});

describe('what proves a deed', () => {
  test.each([
    ['前后照片', ['photo']],
    ['评委三人打分表,可拍1张', ['paper']],
    ['打分表(室内不拍照)', ['paper']],
    ['两名邻居签字', ['witness']],
    ['受助人确认', ['witness']],
    ['提醒记录+照片', ['photo', 'paper']],
    ['两人见证', ['witness']],
    ['承诺书+理事会证明', ['paper']],
    ['位置+1张照片', ['photo']],
    ['抽查', []],
    ['', []],
    ['score sheet', ['paper']],
  ])('%s', (evidence, expected) => {
    expect(askedEvidence(evidence)).toEqual(expected);
  });

  test('a note or a photo shows it; a rule that asks for nothing or a photo alone lacks none', () => {
    const bare = { note: ' ', hasPhotos: false };
    expect(lacksEvidence('打分表', bare)).toBe(true);
    expect(lacksEvidence('打分表', { ...bare, note: '五月打分表第 3 页' })).toBe(false);
    expect(lacksEvidence('打分表', { ...bare, hasPhotos: true })).toBe(false);
    expect(lacksEvidence('前后照片', bare)).toBe(false);
    expect(lacksEvidence('抽查', bare)).toBe(false);
  });
});
