import { type IncomingMessage, request } from 'node:http';
import type { RequestHandler } from 'express';
import { API_BASE } from '../../../shared/api-base.ts';

/** The faults that a request with rows can meet. */
export const ROAD_FAULTS = [
  'request lost',
  'answer lost',
  'doubled',
  'late',
  'comes again after the next',
  'comes only after the next',
] as const;
export type RoadFault = (typeof ROAD_FAULTS)[number];

const ROWS = `${API_BASE}/outbox/rows`;
/** Longer than a counter waits before it goes by the disk alone, shorter than it waits for an answer at all. */
const LATE_MS = 4000;

interface Carried {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The network between one tablet and the server. It loses, doubles, delays and reorders, and it may be gone. */
export class RoughRoad {
  isCut = false;
  /** Everything passes but rows. */
  losesRows = false;
  /** The next request with rows meets this one. */
  next: RoadFault | null = null;
  readonly met = new Map<RoadFault, number>();
  private readonly held: (() => Promise<unknown>)[] = [];
  private readonly origin: () => string;

  constructor(origin: () => string) {
    this.origin = origin;
  }

  readonly handler: RequestHandler = (incoming, answer, next) => {
    if (this.isCut) {
      incoming.socket.destroy();
      return;
    }
    if (incoming.method !== 'POST' || incoming.path !== ROWS) {
      next();
      return;
    }
    if (this.losesRows) {
      incoming.socket.destroy();
      return;
    }
    void this.carry(incoming).then(
      (carried) => {
        if (carried === null || this.isCut) {
          incoming.socket.destroy();
          return;
        }
        answer.writeHead(carried.status, carried.headers);
        answer.end(carried.body);
      },
      // The server was killed in the midst of it.
      () => incoming.socket.destroy(),
    );
  };

  /** Delivers what is still on its way. */
  async settle(): Promise<void> {
    this.next = null;
    for (const deliver of this.held.splice(0)) await deliver().catch(() => undefined);
  }

  /** Null: the tablet hears nothing. */
  private async carry(incoming: IncomingMessage): Promise<Carried | null> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { url = '', headers } = incoming;
    const deliver = () => post(new URL(url, this.origin()), headers, body);
    const earlier = this.held.splice(0);
    const fault = this.fault();
    const carried = await this.meet(fault, deliver);
    for (const late of earlier) await late().catch(() => undefined);
    return carried;
  }

  private fault(): RoadFault | null {
    const chosen = this.next;
    this.next = null;
    if (chosen !== null) this.met.set(chosen, (this.met.get(chosen) ?? 0) + 1);
    return chosen;
  }

  private async meet(fault: RoadFault | null, deliver: () => Promise<Carried>): Promise<Carried | null> {
    switch (fault) {
      case 'request lost':
        return null;
      case 'answer lost':
        await deliver();
        return null;
      case 'doubled': {
        const [first] = await Promise.all([deliver(), deliver().catch(() => null)]);
        return first;
      }
      case 'late':
        await new Promise((resolve) => setTimeout(resolve, LATE_MS));
        return deliver();
      case 'comes again after the next':
        this.held.push(deliver);
        return deliver();
      case 'comes only after the next':
        this.held.push(deliver);
        return null;
      case null:
        return deliver();
    }
  }
}

function post(to: URL, headers: IncomingMessage['headers'], body: Buffer): Promise<Carried> {
  return new Promise((resolve, reject) => {
    const sending = request(to, { method: 'POST', headers: { ...headers, host: to.host } }, (got) => {
      const chunks: Buffer[] = [];
      got.on('data', (chunk: Buffer) => chunks.push(chunk));
      got.on('error', reject);
      got.on('end', () =>
        resolve({ status: got.statusCode ?? 502, headers: got.headers, body: Buffer.concat(chunks) }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
