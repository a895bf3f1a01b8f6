import type { Request, Response } from 'express';
import type { KernelOptions } from './kernel-options.ts';
import { noteOf } from './request-note.ts';

/** One line a request, when its answer has been sent or its caller has gone. */
export function logWhenDone(
  { logger, clock, onAnswered }: Pick<KernelOptions, 'logger' | 'clock' | 'onAnswered'>,
  request: Request,
  response: Response,
): void {
  response.once('close', () => {
    const { requestId, startedMs, route, actor, code, isRoutine } = noteOf(request);
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
    // Each counter asks thirty times a minute whether the server is there.
    else if (isRoutine === true && status < 400) logger.debug(line, 'request');
    else logger.info(line, 'request');
  });
}
