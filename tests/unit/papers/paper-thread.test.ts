import { describe, expect, it } from 'vitest';
import { paperReader, readPaper } from '../../../server/papers/index.ts';
import { endlessXls, ROSTER_HEADER, workbook } from '../../fixtures/papers/make.ts';

const paper = {
  bytes: workbook([{ rows: [ROSTER_HEADER, ['1', '一组', '王明', 3, '13812345678', '']] }]),
  filename: 'r.xlsx',
};

describe('papers read in a thread of their own', () => {
  it('are understood as they are here, corrections by hand and all', async () => {
    const papers = paperReader();
    expect(await papers.read('roster', paper)).toEqual(readPaper('roster', paper));
    const corrected = { ...paper, options: { columns: { note: null, phone: null } } };
    const reading = await papers.read('roster', corrected);
    expect(reading).toEqual(readPaper('roster', corrected));
    expect(reading.rows).toMatchObject([{ head: '王明', phone: null }]);
  });

  it('are refused in the words they are refused in here', async () => {
    const empty = { bytes: Buffer.alloc(0), filename: 'a.xlsx' };
    const refused = await paperReader()
      .read('roster', empty)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'Refusal',
      code: 'paper.unreadable',
      params: { why: 'file_empty', zh: expect.stringContaining('空'), en: expect.any(String) },
    });
  });

  it('are called off when they would be read for ever, and nobody has to wait for that', async () => {
    const papers = paperReader(1_500);
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    const endless = papers.read('roster', { bytes: endlessXls(), filename: 'a.xls' });
    const next = papers.read('roster', paper);
    await expect(endless).rejects.toMatchObject({
      code: 'paper.unreadable',
      params: { why: 'file_damaged' },
    });
    clearInterval(timer);
    // The thread this runs in has gone on meanwhile: far fewer would be counted after a wait in one piece.
    expect(ticks).toBeGreaterThan(10);
    expect((await next).rows).toHaveLength(1);
  });

  it('do not queue up without end', async () => {
    const papers = paperReader();
    const asked = await Promise.allSettled(Array.from({ length: 9 }, () => papers.read('roster', paper)));
    expect(asked.map(({ status }) => status)).toEqual([...Array<string>(8).fill('fulfilled'), 'rejected']);
    expect(asked.at(-1)).toMatchObject({ reason: { code: 'request.too_many' } });
    expect((await papers.read('roster', paper)).rows).toHaveLength(1);
  });
});
