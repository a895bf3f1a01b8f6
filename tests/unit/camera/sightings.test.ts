import { describe, expect, it } from 'vitest';
import { createSightings } from '../../../client/camera/sightings.ts';

const card = { text: '123456789013', format: 'qr_code' };
const goods = { text: '6907001000371', format: 'ean_13' };

describe('what a camera sees', () => {
  it('counts a code once while it is held up, however its picture flickers', () => {
    const sightings = createSightings();
    expect(sightings.see([goods], 0)).toEqual([goods.text]);
    for (let ms = 100; ms < 8000; ms += 100) {
      expect(sightings.see(ms % 700 === 0 ? [goods] : [], ms)).toEqual([]);
    }
  });

  it('counts it again after it was taken away', () => {
    const sightings = createSightings();
    expect(sightings.see([goods], 0)).toEqual([goods.text]);
    expect(sightings.see([], 1000)).toEqual([]);
    expect(sightings.see([goods], 2500)).toEqual([goods.text]);
  });

  it('counts two codes in one picture, and a second beside the first', () => {
    const sightings = createSightings();
    expect(sightings.see([card, goods], 0)).toEqual([card.text, goods.text]);
    expect(sightings.see([card, { text: '96385074', format: 'ean_8' }], 100)).toEqual(['96385074']);
  });

  it('believes bars without a check of their own only when read twice', () => {
    const sightings = createSightings();
    const bars = { text: '123456789013', format: 'itf' };
    expect(sightings.see([bars], 0)).toEqual([]);
    expect(sightings.see([{ text: '1234', format: 'itf' }], 100)).toEqual([]);
    expect(sightings.see([bars], 200)).toEqual([bars.text]);
    expect(sightings.see([bars], 300)).toEqual([]);
  });
});
