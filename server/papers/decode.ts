import { unreadable } from './unreadable.ts';

interface Decoded {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'GB18030';
}

/**
 * Decodes bytes to text. Byte-order marks decide. Without one it is UTF-8 if every byte fits, else GB18030 if every
 * byte fits. Both decoders are strict: they never replace a byte by a question mark.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return readable(strict('utf-16le', bytes), 'UTF-16');
  if (first === 0xfe && second === 0xff) return readable(strict('utf-16be', bytes), 'UTF-16');
  if (bytes.includes(0)) throw unreadable('file_not_spreadsheet');
  const utf8 = strict('utf-8', bytes);
  if (utf8 !== null) return readable(utf8, 'UTF-8');
  // Chinese text in UTF-8 with a few damaged bytes would decode as wrong Chinese in GB18030.
  if (isSpoiltUtf8(bytes)) throw unreadable('file_damaged');
  return readable(strict('gb18030', bytes), 'GB18030');
}

function strict(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isSpoiltUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[\u0800-\ufffc]/g)?.length ?? 0;
  return whole > 10 * broken;
}

function readable(text: string | null, encoding: Decoded['encoding']): Decoded {
  if (text === null) throw unreadable('file_not_spreadsheet');
  const sample = text.slice(0, 20_000);
  const odd = sample.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  if (odd * 200 > sample.length) throw unreadable('file_not_spreadsheet');
  return { text: text.replace(/^\ufeff/, ''), encoding };
}
