import iconv from 'iconv-lite';

/** A row as a printer would put it on paper. */
export interface PrintedRow {
  readonly text: string;
  readonly isBold: boolean;
  readonly isLarge: boolean;
  readonly isCentred: boolean;
}

export interface PrintedSlip {
  readonly rows: readonly PrintedRow[];
  readonly end: 'cut' | 'fed';
}

/**
 * Reads a job as a printer with Chinese fonts of one and two bytes does. Throws at whatever such a printer would not know, so
 * that no command slips in with a name.
 */
export function decodeSlip(bytes: Buffer): PrintedSlip {
  const rows: PrintedRow[] = [];
  const mode = { isBold: false, isLarge: false, isCentred: false };
  let end: PrintedSlip['end'] | null = null;
  let text: number[] = [];
  let at = 0;
  const take = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('the job ends within a command');
    at += 1;
    return byte;
  };
  const expected = (...wanted: number[]) => {
    for (const one of wanted) if (take() !== one) throw new Error(`an unknown command before byte ${at}`);
  };
  expected(0x1b, 0x40, 0x1c, 0x26);
  while (at < bytes.length) {
    if (end !== null) throw new Error('something comes after the end of the slip');
    const byte = take();
    if (byte === 0x0a) {
      rows.push({ text: iconv.decode(Buffer.from(text), 'gb18030'), ...mode });
      text = [];
    } else if (byte === 0x1b || byte === 0x1d) {
      if (text.length > 0) throw new Error('a command within a row');
      end = command(byte);
    } else if (byte >= 0x20 && byte < 0x7f) text.push(byte);
    else if (byte > 0x80 && byte < 0xff) {
      const second = take();
      if (second < 0x40 || second === 0x7f) throw new Error('a sign of four bytes, or none');
      text.push(byte, second);
    } else throw new Error(`a control character ${byte}`);
  }
  if (end === null) throw new Error('the paper is neither cut nor fed');
  return { rows, end };

  function command(first: number): PrintedSlip['end'] | null {
    const second = take();
    if (first === 0x1d && second === 0x56) {
      expected(0x42, 0x00);
      return 'cut';
    }
    const n = take();
    if (first === 0x1b && second === 0x64) return 'fed';
    if (first === 0x1b && second === 0x45) mode.isBold = n === 1;
    else if (first === 0x1b && second === 0x61) mode.isCentred = n === 1;
    else if (first === 0x1d && second === 0x21) mode.isLarge = n === 0x11;
    else throw new Error(`an unknown command ${first} ${second}`);
    return null;
  }
}

/** The slip as text, to be read and compared: large rows begin with two marks, bold ones with one, centred ones with a tab. */
export function drawn({ rows, end }: PrintedSlip): string {
  const lines = rows.map(
    ({ text, isBold, isLarge, isCentred }) =>
      `${isLarge ? '##' : isBold ? '#' : ''}${isCentred ? '\t' : ''}${text}`,
  );
  return [...lines, `[${end}]`].join('\n');
}
