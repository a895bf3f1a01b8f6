import type { Request, Response } from 'express';
import { destination, pino, type Logger } from 'pino';
import { noteOf } from './call.ts';
import type { KernelOptions } from './kernel.ts';

/**
 * JSON lines on standard output; at a terminal only what went wrong, in one short line. No personal data:
 * no address, no query, no body, no name.
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

/**
 * A failure as the log keeps it. The database's own words repeat what was written, names and numbers with it: of
 * them stay the query, the code and the place.
 */
export function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '', cause } = error;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const { query, code, constraint } = error as { query?: unknown; code?: unknown; constraint?: unknown };
  // PostgreSQL's class 22 quotes the value that does not fit.
  const quotes = typeof code === 'string' && /^22...$/.test(code);
  const said = typeof query === 'string' ? `a query failed: ${query}` : quotes ? 'unfit data' : message;
  return {
    type: name,
    message: said,
    stack: [`${name}: ${said}`, ...frames].join('\n'),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(cause === undefined ? {} : { cause: faultOf(cause) }),
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
