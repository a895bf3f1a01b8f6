import { describe, expect, it } from 'vitest';
import { asksForPhotos } from '../../../shared/rules/asks-for-photos.ts';

describe('what a rule asks for as proof', () => {
  it.each(['前后照片', '位置+1张照片', '提醒记录+照片', '现场拍照', 'photos before and after'])(
    'is a photo: %s',
    (words) => {
      expect(asksForPhotos(words)).toBe(true);
    },
  );

  it.each(['', '打分表', '评委三人打分表,可拍1张', '打分表(室内不拍照)', '签到表或照片', '不用照片', '护照'])(
    'is none: %s',
    (words) => {
      expect(asksForPhotos(words)).toBe(false);
    },
  );
});
