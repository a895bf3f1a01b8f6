import { describe, expect, test } from 'vitest';
import { headPinyin, pinyinQuery } from '../../../server/households/pinyin.ts';

describe('pinyin of heads', () => {
  test.each([
    ['单田芳', 'shantianfang', 'stf'],
    ['仇和', 'qiuhe', 'qh'],
    ['解晓东', 'xiexiaodong', 'xxd'],
    ['尉迟恭', 'yuchigong', 'ycg'],
    ['欧阳合爱', 'ouyangheai', 'oyha'],
    ['区文诗', 'ouwenshi', 'ows'],
    ['查良镛', 'zhaliangyong', 'zly'],
    ['万俟卨', 'moqixie', 'mqx'],
    ['员半千', 'yunbanqian', 'ybq'],
    ['吕布', 'lvbu', 'lb'],
    ['买买提·吐尔逊', 'maimaitituerxun', 'mmttex'],
    ['Li Wei', 'liwei', 'lw'],
    ['Anna张', 'annazhang', 'az'],
  ])('%s is found as %s and %s', (head, full, initials) => {
    const words = headPinyin(head).split(' ');
    expect(words).toContain(full);
    expect(words).toContain(initials);
  });

  test('the other readings of a character find the name too, and so does the given name alone', () => {
    expect(headPinyin('曾乐').split(' ')).toEqual(
      expect.arrayContaining(['zengle', 'zengyue', 'cengle', 'le', 'zy']),
    );
    expect(headPinyin('王小明').split(' ')).toEqual(expect.arrayContaining(['xiaoming', 'xm', 'ming']));
  });

  test('a name without a reading has no words', () => {
    expect(headPinyin('𠮷')).toBe('');
    expect(headPinyin('123')).toBe('');
  });

  test.each([
    ['Wang Xiao', 'wangxiao'],
    ['lü', 'lv'],
    ["xi'an", 'xian'],
    ['ｗｘｍ', 'wxm'],
    ['王', null],
    ['w1', null],
    ['', null],
  ])('%s is looked for as %s', (text, query) => {
    expect(pinyinQuery(text)).toBe(query);
  });
});
