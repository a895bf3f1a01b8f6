import type { CookieOptions, Request, Response } from 'express';
import { API_BASE } from '../../shared/contract/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';

const NAME = 'jishan_refresh';
const IN_HEADER = /(?:^|;\s*)jishan_refresh=([A-Za-z0-9_-]{16,128})(?=\s*(?:;|$))/;

/**
 * The refresh token, which only the session endpoints are sent. Refuses a page of another origin: to browsers
 * another port of the same machine is the same site, and they would send the cookie along.
 */
export function refreshCookie({ headers }: Request): string | null {
  const token = IN_HEADER.exec(headers.cookie ?? '')?.[1] ?? null;
  const from = headers['sec-fetch-site'] ?? 'same-origin';
  if (token !== null && from !== 'same-origin') throw new Refusal('auth.forbidden');
  return token;
}

export function setRefreshCookie(
  request: Request,
  response: Response,
  token: string | null,
  maxAgeMs: number,
): void {
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: `${API_BASE}/session`,
  };
  if (token === null) response.clearCookie(NAME, options);
  else response.cookie(NAME, token, { ...options, maxAge: maxAgeMs });
}
