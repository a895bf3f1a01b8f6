import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import type { Seen } from './screen.ts';
import type { HandedOut } from './tally.ts';

type Things = Pick<HandedOut, 'household' | 'lines'>;

/** Everything that the screens of one kiosk told to have been handed out, with the row on its disk that stands for it. */
export class ToldList {
  readonly all: HandedOut[] = [];
  private readonly kiosk: string;
  private readonly rowsTold = new Set<string>();
  /** A browser that was killed may not have had the answer on its disk: its next page tells this row once more. */
  private mayComeAgain: string | null = null;

  constructor(kiosk: string) {
    this.kiosk = kiosk;
  }

  note(
    { household, lines, heading }: Pick<Seen, 'household' | 'lines' | 'heading'>,
    rows: readonly KeptRow[],
  ) {
    const told = heading.includes('已记在本机') ? '已记在本机' : '兑好了';
    const row = this.newRow({ household, lines }, rows);
    if (row === null && this.mayComeAgain !== null && isOf(rows, this.mayComeAgain, { household, lines }))
      return;
    this.add({ kiosk: this.kiosk, household, lines, told, row, isUndone: false });
  }

  /** Somebody who saw no word of it looks at the slips of the device. Answers whether it stands there. */
  find(things: Things, rows: readonly KeptRow[]): boolean {
    const row = this.newRow(things, rows);
    if (row === null) return false;
    this.add({ kiosk: this.kiosk, ...things, told: 'list', row, isUndone: false });
    return true;
  }

  /** The last one was told just before the browser was killed. */
  lastMayComeAgain(): void {
    this.mayComeAgain = this.all.at(-1)?.row ?? null;
  }

  /** The end of the last one's undo, as the rows have it; `refused` also where there is no row for it. */
  endOfUndo(rows: readonly KeptRow[]): 'undone' | 'refused' | 'open' {
    const told = rows.find(({ row }) => nameOf(row) === this.all.at(-1)?.row);
    const undos = rows.filter(({ row }) => row.kind === 'kiosk.undo' && undoneBy(row) === told?.row.key);
    if (undos.some(({ row }) => row.done !== null && row.done.how !== 'given_up')) return 'undone';
    const isOpen = undos.some(({ row, answer }) => row.done === null && isUnanswered(answer));
    return isOpen ? 'open' : 'refused';
  }

  undoLast(): void {
    const last = this.all.at(-1);
    if (last) last.isUndone = true;
  }

  private add(one: HandedOut): void {
    this.all.push(one);
    this.mayComeAgain = null;
    if (one.row !== null) this.rowsTold.add(one.row);
  }

  /** The newest row of these things that no screen has told yet. */
  private newRow(things: Things, rows: readonly KeptRow[]): string | null {
    const own = rows
      .filter(({ row }) => !this.rowsTold.has(nameOf(row)))
      .filter((kept) => hasHappened(kept) && isSame(kept, things))
      .sort((a, b) => b.row.number - a.row.number);
    return own[0] ? nameOf(own[0].row) : null;
  }
}

export function nameOf({ device, number }: KeptRow['row']): string {
  return `${device} ${String(number)}`;
}

function undoneBy({ body }: KeptRow['row']): string {
  return (JSON.parse(body) as { undoes: string }).undoes;
}

function isUnanswered(answer: KeptRow['answer']): boolean {
  return answer === null || answer.answer === 'waiting' || answer.answer === 'booked';
}

function isOf(rows: readonly KeptRow[], name: string, things: Things): boolean {
  return rows.some((kept) => nameOf(kept.row) === name && isSame(kept, things));
}

/** Marked as done, or answered in this very moment. */
function hasHappened({ row, answer }: KeptRow): boolean {
  if (row.kind !== 'kiosk.redeem' || row.done?.how === 'given_up') return false;
  return row.done !== null || answer?.answer !== 'declined';
}

function isSame({ row }: KeptRow, { household, lines }: Things): boolean {
  const body = JSON.parse(row.body) as {
    householdNumber: string;
    lines: readonly { name: string; quantity: number }[];
  };
  const shown = lines.map(({ name, pieces }) => `${name} ${String(pieces)}`);
  const rowed = body.lines.map(({ name, quantity }) => `${name} ${String(quantity)}`);
  return body.householdNumber === household && shown.sort().join() === rowed.sort().join();
}
