import type { Request, Response } from 'express';
import { destination, pino, type Logger } from 'pino';
import { noteOf } from './request-note.ts';
import type { KernelOptions } from './kernel-options.ts';

/**
 * Writes JSON lines to standard output. At a terminal it writes only failures, each in one short line. They hold no
 * personal data: no address, no query, no body, no name.
 */
export function createLogger({ terminal, level }: { terminal: boolean; level: string | undefined }): Logger {
  const options = { level: level ?? (terminal ? 'warn' : 'info'), base: null, timestamp: isoTime };
  if (!terminal) return pino(options, destination({ dest: 1, sync: true }));
  return pino(options, { write: (line: string) => void process.stdout.write(shortLine(line)) });
}

/** One line a request, when its answer has been sent or its caller has gone. */
export function logWhenDone(
  { logger, clock, onAnswered }: Pick<KernelOptions, 'logger' | 'clock' | 'onAnswered'>,
  request: Request,
  response: Response,
): void {
  response.once('close', () => {
    const { requestId, startedMs, route, actor, code } = noteOf(request);
    const status = response.writableFinished ? response.statusCode : 499;
    const tookMs = clock() - startedMs;
    onAnswered?.({ route, method: request.method, status, code, tookMs });
    const line = {
      route,
      status,
      ms: tookMs,
      requestId,
      ...(code === null ? {} : { code }),
      ...(actor === null ? {} : { actor: `${actor.kind}:${actor.id}` }),
    };
    if (status >= 500) logger.warn(line, 'request');
    else logger.info(line, 'request');
  });
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
