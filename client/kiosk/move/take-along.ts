import type { AnswerOf, Api } from '../../api/index.ts';
import type { OutboxDisk } from '../../outbox/outbox-disk.ts';
import type { Memory } from '../memory.ts';
import { type Belongings, moveMessage } from './belongings.ts';

/** The belongings as they came from the page at the old address. */
export interface Arrived {
  /** The sender's origin, as the browser says it. */
  readonly from: string;
  readonly things: Belongings;
  readonly answer: (rows: number) => void;
}

/** Tells the page that opened this one that it is there, and waits for what it hands over. */
export function waitForThings(page: Window, opener: Window): Promise<Arrived> {
  return new Promise((resolve) => {
    page.addEventListener('message', (event) => {
      if (event.source !== opener) return;
      const said = moveMessage(event.data);
      if (said?.jishanMove !== 'things') return;
      const { origin: from } = event;
      resolve({
        ...{ from, things: said.things },
        answer: (rows) => opener.postMessage({ jishanMove: 'taken', rows }, { targetOrigin: from }),
      });
    });
    // It holds nothing: whoever opened this page may hear it.
    opener.postMessage({ jishanMove: 'ready' }, { targetOrigin: '*' });
  });
}

type Standing = AnswerOf<'https.get'>;

/**
 * Whether the server knows the sender's address as one of its own: its certificate is for all that it has and had. A server
 * without one knows no former addresses; then the pairing alone tells.
 */
export function isKnownAddress(from: string, { source, names }: Pick<Standing, 'source' | 'names'>): boolean {
  if (!URL.canParse(from)) return false;
  if (source === 'none' || source === 'broken') return true;
  const host = new URL(from).hostname.replace(/^\[(.*)\]$/, '$1');
  const [, ...domain] = host.split('.');
  return names.some((name) => name === host || name === `*.${domain.join('.')}`);
}

/** `stranger`: not an address of this server. `unpaired`: the pairing counts no more here. `other`: this is another kiosk. */
export type Refused = 'stranger' | 'unpaired' | 'other' | 'unreachable' | 'unkept';

export interface Checked {
  readonly kiosk: string;
  readonly village: string;
  readonly rows: number;
}

interface Parts {
  /** Asks in the name of this pairing. */
  readonly apiOf: (token: string) => Api;
  readonly memory: Pick<Memory, 'device' | 'shift' | 'shiftId' | 'rowKey' | 'localShift' | 'lastState'>;
  readonly disk: Pick<OutboxDisk, 'read' | 'add' | 'change'>;
}

/** Looks at what came before a person is asked. */
export async function checkArrived(
  { from, things }: Pick<Arrived, 'from' | 'things'>,
  { apiOf, memory }: Pick<Parts, 'apiOf'> & { readonly memory: Pick<Memory, 'device'> },
): Promise<Checked | Refused> {
  const api = apiOf(things.token);
  const standing = await api.call('https.get');
  if (standing.kind !== 'answer') return 'unreachable';
  if (!isKnownAddress(from, standing.data)) return 'stranger';
  const asked = await api.call('kiosk.state');
  if (asked.kind === 'unknown') return 'unreachable';
  if (asked.kind === 'problem') return 'unpaired';
  const { kiosk, village } = asked.data;
  if (memory.device !== null && memory.device !== things.token) {
    const own = await apiOf(memory.device).call('kiosk.state');
    if (own.kind === 'unknown') return 'unreachable';
    if (own.kind === 'answer' && own.data.kiosk.id !== kiosk.id) return 'other';
  }
  return { kiosk: kiosk.name, village: village.name, rows: things.rows.length };
}

/** Writes everything down; the pairing last, so that no page serves before the rows are there. */
export async function keepArrived(
  { token, rows }: Belongings,
  { memory, disk }: Pick<Parts, 'memory' | 'disk'>,
): Promise<number | Refused> {
  try {
    const there = new Map((await disk.read()).rows.map((kept) => [placeOf(kept.row), kept]));
    for (const kept of rows) {
      const own = there.get(placeOf(kept.row));
      if (own === undefined) {
        if (!(await disk.add(kept))) return 'unkept';
        // It came before and was answered since.
      } else if (own.row.key === kept.row.key && isFurther(kept, own)) {
        if (!(await disk.change([kept]))) return 'unkept';
      }
    }
  } catch {
    return 'unkept';
  }
  if (memory.device !== token) forgetPairing(memory);
  memory.device = token;
  return rows.length;
}

/** It was answered since, or marked by its device. */
function isFurther(kept: Belongings['rows'][number], own: Belongings['rows'][number]): boolean {
  if (own.answer === null && kept.answer !== null) return true;
  return own.row.done === null && kept.row.done !== null;
}

/** Key, shift and state of another pairing are none of this one's. */
function forgetPairing(memory: Parts['memory']): void {
  memory.shift = null;
  memory.shiftId = null;
  memory.rowKey = null;
  memory.localShift = null;
  memory.lastState = null;
}

function placeOf({ device, number }: { readonly device: string; readonly number: number }): string {
  return `${device} ${number}`;
}
