import type { CookieOptions, Request, Response } from 'express';
import { API_BASE } from '../../shared/api-base.ts';
import { Refusal } from '../../shared/errors.ts';

const NAME = 'jishan_refresh';
const IN_HEADER = cookieIn(NAME);
/**
 * The name over https. Browsers let only this host set a `__Host-` cookie, so no other page under the same domain can
 * plant one.
 */
const SECURE_NAME = `__Host-${NAME}`;
const SECURE_IN_HEADER = cookieIn(SECURE_NAME);

/**
 * The refresh token, which only the session endpoints look at. Refuses a page of another origin: to browsers
 * another port of the same machine is the same site, and they would send the cookie along.
 */
export function refreshCookie(request: Request): string | null {
  const pattern = request.secure ? SECURE_IN_HEADER : IN_HEADER;
  const token = pattern.exec(request.headers.cookie ?? '')?.[1] ?? null;
  if (token !== null && isFromElsewhere(request)) throw new Refusal('auth.forbidden');
  return token;
}

export function setRefreshCookie(
  request: Request,
  response: Response,
  token: string | null,
  maxAgeMs: number,
): void {
  const { secure } = request;
  const name = secure ? SECURE_NAME : NAME;
  // Browsers accept a `__Host-` cookie only with the path /.
  const path = secure ? '/' : `${API_BASE}/session`;
  const options: CookieOptions = { httpOnly: true, sameSite: 'strict', secure, path };
  if (token === null) response.clearCookie(name, options);
  else response.cookie(name, token, { ...options, maxAge: maxAgeMs });
}

const DEVICE_NAME = 'jishan_device_';
/**
 * Over https it has a name of its own: browsers do not let plain http write over a cookie of https, and a village's
 * staff come by both.
 */
const SECURE_DEVICE_NAME = `__Secure-${DEVICE_NAME}`;

/**
 * The cookie by which a device is known to an account again. A page of another origin is taken for a stranger, so that it
 * cannot use up the tries of the device.
 */
export function deviceCookie(request: Request, name: string): string | null {
  const pattern = cookieIn((request.secure ? SECURE_DEVICE_NAME : DEVICE_NAME) + name);
  const token = pattern.exec(request.headers.cookie ?? '')?.[1] ?? null;
  return token !== null && isFromElsewhere(request) ? null : token;
}

export function setDeviceCookie(
  request: Request,
  response: Response,
  { name, token, maxAgeMs }: { readonly name: string; readonly token: string; readonly maxAgeMs: number },
): void {
  const { secure } = request;
  const path = `${API_BASE}/session`;
  const options: CookieOptions = { httpOnly: true, sameSite: 'strict', secure, path };
  response.cookie((secure ? SECURE_DEVICE_NAME : DEVICE_NAME) + name, token, {
    ...options,
    maxAge: maxAgeMs,
  });
}

/**
 * Browsers say where a request comes from. On plain http they send only `Origin`, which differs from `Host` behind a
 * proxy that has its own name for us.
 */
function isFromElsewhere({ headers }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || headers['x-forwarded-for'] !== undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

function cookieIn(name: string): RegExp {
  return new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_.-]{16,128})(?=\\s*(?:;|$))`);
}
