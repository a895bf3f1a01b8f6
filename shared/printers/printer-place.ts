/** The address of a printer as somebody typed it: signs of a Chinese keyboard count as plain ones. Null: no address. */
export function printerHostOf(text: string): string | null {
  const typed = text.normalize('NFKC').replace(/。/g, '.').trim();
  return numbersOf(typed) === null ? sixOf(typed) : typed;
}

/**
 * Whether an address is of a network that the internet does not reach (RFC 1918, RFC 3927, RFC 4193). An address of the machine
 * itself is none, nor is 169.254.169.254, at which hired servers keep their own secrets.
 */
export function isPrivateHost(host: string): boolean {
  const [first, second] = numbersOf(host) ?? [];
  if (first === undefined || second === undefined) return /^f[cd][0-9a-f]{2}:/.test(sixOf(host) ?? '');
  if (first === 169) return second === 254 && host !== '169.254.169.254';
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}

/** Printers listen at 9100, print servers with several of them at the next ones. Nothing else is spoken to. */
export const PRINTER_PORTS = { first: 9100, last: 9109 } as const;

export function isPrinterPort(port: number): boolean {
  return Number.isInteger(port) && port >= PRINTER_PORTS.first && port <= PRINTER_PORTS.last;
}

/** The four numbers of an IPv4 address. A leading zero is refused: some systems read 010 as eight. */
function numbersOf(text: string): number[] | null {
  if (!/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) return null;
  const numbers = text.split('.').map(Number);
  return numbers.every((one) => one <= 255) ? numbers : null;
}

/** An IPv6 address in its shortest form. One that stands for an IPv4 address is written as that, so that it is checked as that. */
function sixOf(text: string): string | null {
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || !text.includes(':')) return null;
  const url = `http://[${text}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null;
}
