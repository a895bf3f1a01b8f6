import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanJpeg, type Jpeg } from '../../../server/pictures/jpeg.ts';
import { cameraNotes, jpeg, segment } from '../../support/jpeg.ts';

function clean(file: Uint8Array): Jpeg {
  const cleaned = cleanJpeg(file);
  if (typeof cleaned === 'string') throw new Error(cleaned);
  return cleaned;
}

/** Markers of the segments before the picture's data, in order. */
function markers(file: Buffer): number[] {
  const found: number[] = [];
  let at = 2;
  while (file[at] === 0xff && file[at + 1] !== 0xd9) {
    const marker = file[at + 1] ?? 0;
    found.push(marker);
    if (marker === 0xda) break;
    at += 2 + file.readUInt16BE(at + 2);
  }
  return found;
}

describe('a photo', () => {
  it('loses every word about itself and keeps its picture', () => {
    const plain = jpeg({ width: 640, height: 480 });
    const noted = jpeg({ width: 640, height: 480, notes: cameraNotes() });
    const cleaned = clean(noted);
    expect(cleaned).toEqual({ bytes: plain, width: 640, height: 480 });
    expect(markers(cleaned.bytes)).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
    for (const word of ['Exif', 'GPS', 'xmp', 'Photoshop', '王小明', 'ICC_PROFILE', 'taken at'])
      expect(cleaned.bytes.includes(Buffer.from(word))).toBe(false);
  });

  it('loses notes hidden between its parts, a thumbnail in its head, and what hangs behind its end', () => {
    const whole = jpeg();
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    const sneaked = Buffer.concat([whole.subarray(0, scan), ...cameraNotes(), whole.subarray(scan)]);
    expect(clean(sneaked).bytes).toEqual(whole);
    expect(clean(Buffer.concat([whole, Buffer.from('a video of the street')])).bytes).toEqual(whole);
    const thumbnail = Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(
        0xe0,
        Buffer.concat([Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x04\x04', 'latin1'), Buffer.alloc(48, 7)]),
      ),
      whole.subarray(20),
    ]);
    expect(clean(thumbnail).bytes).toEqual(whole);
  });

  it('keeps how its colours are meant, and nothing else of that segment', () => {
    const adobe = segment(0xee, Buffer.from('Adobe\0\x64\x80\0\0\0\x01 Bürgermeister', 'latin1'));
    const { bytes } = clean(jpeg({ notes: [adobe] }));
    expect(bytes.subarray(2, 18)).toEqual(segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01', 'latin1')));
    expect(bytes.includes(Buffer.from('rgermeister'))).toBe(false);
  });

  it('does not come in more layers than a photo needs: each costs who looks at it', () => {
    const whole = jpeg();
    const [scan, end] = [whole.indexOf(Buffer.from([0xff, 0xda])), whole.length - 2];
    const layers = (count: number) =>
      Buffer.concat([
        whole.subarray(0, scan),
        ...Array.from({ length: count }, () => whole.subarray(scan, end)),
        whole.subarray(end),
      ]);
    expect(clean(layers(12)).bytes).toEqual(layers(12));
    expect(cleanJpeg(layers(5000))).toBe('broken');
  });

  it('cleaned twice is cleaned once', () => {
    const once = clean(jpeg({ notes: cameraNotes() })).bytes;
    expect(clean(once).bytes).toEqual(once);
  });

  it('of another kind is none', () => {
    for (const file of [
      '',
      'GIF89a',
      '\x89PNG\r\n\x1a\n',
      '<svg onload="alert(1)"/>',
      'RIFF????WEBP',
      '%PDF-1.7',
    ])
      expect(cleanJpeg(Buffer.from(file, 'latin1'))).toBe('not_jpeg');
  });

  it('cut off anywhere is broken', () => {
    const whole = jpeg({ notes: cameraNotes() });
    for (let length = 4; length < whole.length; length += 1)
      expect([length, cleanJpeg(whole.subarray(0, length))]).toEqual([length, 'broken']);
  });

  it.each([
    ['without a frame', [0xc0]],
    ['without a scan', [0xda]],
  ])('%s is broken', (_, [marker = 0]) => {
    const whole = jpeg();
    const at = whole.indexOf(Buffer.from([0xff, marker]));
    const end = at + 2 + whole.readUInt16BE(at + 2);
    expect(cleanJpeg(Buffer.concat([whole.subarray(0, at), whole.subarray(end)]))).toBe('broken');
  });

  it('of a kind that browsers do not draw, or of no size, is broken', () => {
    const whole = jpeg();
    const frame = whole.indexOf(Buffer.from([0xff, 0xc0]));
    const changed = (offset: number, value: number) => {
      const copy = Buffer.from(whole);
      copy[frame + offset] = value;
      return cleanJpeg(copy);
    };
    expect(changed(1, 0xc9)).toBe('broken');
    expect(changed(4, 12)).toBe('broken');
    expect(changed(9, 2)).toBe('broken');
    expect(cleanJpeg(jpeg({ height: 0 }))).toBe('broken');
    expect(cleanJpeg(jpeg({ width: 0 }))).toBe('broken');
  });

  it('keeps the colours of an Adobe segment, whichever other segment follows', () => {
    const adobe = Buffer.concat([
      Buffer.from([0xff, 0xee, 0, 14]),
      Buffer.from('Adobe'),
      Buffer.from([0, 100, 0, 0, 0, 0, 1]),
    ]);
    const jfif = Buffer.from([0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    const whole = jpeg();
    for (const segments of [
      [adobe, jfif],
      [jfif, adobe],
    ]) {
      const cleaned = cleanJpeg(Buffer.concat([whole.subarray(0, 2), ...segments, whole.subarray(2)]));
      if (typeof cleaned === 'string') throw new Error(cleaned);
      expect(cleaned.bytes.includes(adobe)).toBe(true);
    }
  });

  it('of any bytes is answered, never thrown at', () => {
    const whole = jpeg({ notes: cameraNotes() });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 12 }), (at, bytes) => {
        const copy = Buffer.from(whole);
        copy.set(bytes.subarray(0, copy.length - at), at);
        const cleaned = cleanJpeg(copy);
        if (typeof cleaned !== 'string') expect(cleanJpeg(cleaned.bytes)).toEqual(cleaned);
      }),
      { numRuns: 2000 },
    );
  });
});
