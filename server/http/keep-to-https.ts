import type { Request, Response } from 'express';

/** Tells browsers that asked by https whether to keep to it. */
export type KeepToHttps = (request: Request, response: Response) => void;

const YEAR_S = 31_536_000;

/**
 * A browser that is told to keep to https does so on every port of that name, and for a year. So it is told only where
 * a proxy serves everybody by https under the name of PUBLIC_URL. Everywhere else households go by plain http on the same name as
 * the shop by https, and whoever was told before is told that it is over.
 */
export function keepingToHttps(publicUrl: string): KeepToHttps {
  const everybody = publicUrl.startsWith('https:') ? new URL(publicUrl).hostname : null;
  return (request, response) => {
    if (!request.secure) return;
    const isForEverybody = request.hostname === everybody && !('encrypted' in request.socket);
    response.setHeader('Strict-Transport-Security', `max-age=${String(isForEverybody ? YEAR_S : 0)}`);
  };
}
