import type { CookieOptions, Request, Response } from 'express';
import { API_BASE } from '../../shared/contract/endpoints.ts';

const NAME = 'jishan_refresh';
const IN_HEADER = /(?:^|;\s*)jishan_refresh=([A-Za-z0-9_-]{16,128})(?=\s*(?:;|$))/;

/** The refresh token, which only the session endpoints are sent. */
export function refreshCookie(request: Request): string | null {
  return IN_HEADER.exec(request.headers.cookie ?? '')?.[1] ?? null;
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
