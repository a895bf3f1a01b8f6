import process from 'node:process';
import { destination, pino, type DestinationStream, type Logger } from 'pino';

/**
 * Writes JSON lines to standard output. At a terminal it writes only failures, each in one short line. They hold no
 * personal data: no address, no query, no body, no name. Lines are written together a moment later; those that warn, and
 * all of them when the process ends, at once.
 */
export function createLogger({ terminal, level }: { terminal: boolean; level: string | undefined }): Logger {
  const options = { level: level ?? (terminal ? 'warn' : 'info'), base: null, timestamp: isoTime };
  if (!terminal) return pino(options, heldLines());
  return pino(options, { write: (line: string) => void process.stdout.write(shortLine(line)) });
}

/** The beginning of a line of pino's that warns, or worse. */
const URGENT = /^\{"level":[456]0,/;

function heldLines(): DestinationStream {
  const output = destination({ dest: 1, sync: true });
  const held = createHeldLines((lines) => output.write(lines));
  process.once('exit', () => held.flush());
  return { write: (line) => held.add(line, URGENT.test(line)) };
}

/** Holds lines back, so that many are written with one call. */
interface HeldLines {
  /** Keeps a line. One that is urgent is written at once, after the lines before it. */
  add(line: string, isUrgent: boolean): void;
  /** Writes what is held. */
  flush(): void;
}

/** A line waits no longer than this. */
export const HELD_MS = 200;
/** This many characters are written without waiting longer. */
const HELD_MOST = 64 * 1024;

export function createHeldLines(write: (lines: string) => void): HeldLines {
  let held: string[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (held.length === 0) return;
    const lines = held.join('');
    held = [];
    size = 0;
    write(lines);
  }

  return {
    add(line, isUrgent) {
      held.push(line);
      size += line.length;
      if (isUrgent || size >= HELD_MOST) flush();
      // The end of the process flushes too, so the timer need not keep it alive.
      else timer ??= setTimeout(flush, HELD_MS).unref();
    },
    flush,
  };
}

function isoTime(): string {
  return `,"time":"${new Date().toISOString()}"`;
}

function shortLine(line: string): string {
  const { level, time, msg, ...rest } = JSON.parse(line) as Record<string, unknown> & {
    err?: { stack?: string };
  };
  const mark = Number(level) >= 50 ? '✗' : Number(level) >= 40 ? '!' : '·';
  const { err, ...facts } = rest;
  const shown = Object.values(facts).map(String).join(' ');
  const clock = String(time).slice(11, 19);
  return `${mark} ${clock} ${String(msg)} ${shown}${err?.stack === undefined ? '' : `\n${err.stack}`}\n`;
}
