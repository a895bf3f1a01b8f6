/** The one file of the server that opens a connection by itself (docs/security.md). */
import { connect, type Socket } from 'node:net';

/** Every byte was taken; or why not. */
export type SendOutcome = 'printed' | 'unreachable' | 'broken_off' | 'stuck' | 'no_paper';

export interface SendLimits {
  readonly connectMs: number;
  /** From the connection to the last byte. */
  readonly jobMs: number;
  /** How long a printer is given to say how it is. Many never do. */
  readonly statusMs: number;
}

export const SEND_LIMITS: SendLimits = { connectMs: 3000, jobMs: 10_000, statusMs: 500 };

/** Asks for the state of the paper; answered at once, also by a printer that has stopped. */
const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);

interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Sends a slip once, and never again. The printer may take the bytes and not print them, where it says nothing of itself: that is
 * seen on paper alone. The connection is gone when this returns, whatever the printer does.
 */
export async function sendToPrinter(
  place: Place,
  bytes: Uint8Array,
  limits: SendLimits = SEND_LIMITS,
): Promise<SendOutcome> {
  const socket = connect({ ...place, noDelay: true });
  // Without a listener a reset that comes after the last question would end the process.
  socket.on('error', () => undefined);
  try {
    const line = talkOver(socket);
    if (!(await within(limits.connectMs, line.isConnected))) return 'unreachable';
    const over = Promise.race([pause(limits.jobMs, 'stuck' as const), line.isBroken]);
    return await Promise.race([over, job(line, bytes, limits.statusMs)]);
  } finally {
    socket.destroy();
  }
}

async function job(line: Line, bytes: Uint8Array, statusMs: number): Promise<SendOutcome> {
  const before = await line.askPaper(statusMs);
  if (before === 'out') return 'no_paper';
  await line.write(bytes);
  // The paper may have ended within the slip. A printer that says nothing has its time to break off.
  if ((await line.askPaper(statusMs)) === 'out') return 'no_paper';
  await line.end(statusMs);
  return 'printed';
}

type Line = ReturnType<typeof talkOver>;

/** The questions and answers over a connection. None of them throws. */
function talkOver(socket: Socket) {
  let hear: (status: number) => void = () => undefined;
  let isEnding = false;
  socket.on('data', (data) => {
    const status = data.at(-1);
    if (status !== undefined) hear(status);
  });
  const isConnected = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('close', () => resolve(false));
  });
  // A printer that hangs up before it was told all of it has broken off.
  const isBroken = new Promise<'broken_off'>((resolve) => {
    const broken = () => {
      if (!isEnding) resolve('broken_off');
    };
    socket.once('end', broken);
    socket.once('close', broken);
  });
  const isClosed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => void socket.write(bytes, (error) => error ?? resolve()));
  return {
    isConnected,
    isBroken,
    write,
    async askPaper(ms: number): Promise<'in' | 'out' | 'unsaid'> {
      const heard = new Promise<number>((resolve) => (hear = resolve));
      await write(ASK_PAPER);
      const status = await Promise.race([heard, pause(ms, null)]);
      return status === null || !isPaperStatus(status) ? 'unsaid' : isPaperOut(status) ? 'out' : 'in';
    },
    /** Says that this was all, and gives the printer its time to take leave. */
    async end(ms: number): Promise<void> {
      isEnding = true;
      socket.end();
      await Promise.race([isClosed, pause(ms, undefined)]);
    },
  };
}

/** Four bits of the answer are always the same. */
function isPaperStatus(status: number): boolean {
  return (status & 0b1001_0011) === 0b0001_0010;
}

function isPaperOut(status: number): boolean {
  return (status & 0b0110_0000) !== 0;
}

async function within(ms: number, promise: Promise<boolean>): Promise<boolean> {
  return Promise.race([promise, pause(ms, false)]);
}

function pause<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms).unref());
}
