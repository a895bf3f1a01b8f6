import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../http/index.ts';
import { hashToken, newToken } from './secrets.ts';
import type { TokenKeys } from './tokens.ts';
import { DAY_MS } from '../../shared/business-day.ts';

/** Browsers keep a cookie no longer than this. Using it gives it anew. */
const LIFE_MS = 400 * DAY_MS;
const ANEW_AFTER_MS = 30 * DAY_MS;

/** Somebody who logs in; the device is known for each account apart. */
interface Whose {
  readonly account: string;
  readonly nowMs: number;
}

/** The part of a request's context that carries these cookies. */
export interface DeviceCookies {
  readonly deviceToken: (name: string) => string | null;
  readonly setDeviceToken: (name: string, token: string, maxAgeMs: number) => void;
}

/**
 * Knows a device on which an account has logged in before, by a signed cookie. Such a device has a counter of wrong
 * passwords of its own, so that strangers who lock the account do not lock its owner out. No table keeps devices.
 */
export interface KnownDevices {
  /** The subject of this device's counter; null where the account never logged in on it. */
  subjectOf(cookies: DeviceCookies, whose: Whose): string | null;
  /** Remembers the device after a log-in. */
  remember(cookies: DeviceCookies, whose: Whose): void;
}

export function createKnownDevices(keys: TokenKeys, random: RandomBytes): KnownDevices {
  function read(cookies: DeviceCookies, { account, nowMs }: Whose) {
    const [device = '', issued = '', mac = ''] = cookies.deviceToken(nameOf(account))?.split('.') ?? [];
    const issuedAtMs = Number(issued);
    const isOurs = [keys.current, ...keys.previous].some((key) =>
      isSame(mac, signed(key, account, device, issued)),
    );
    return isOurs && issuedAtMs <= nowMs && nowMs - issuedAtMs < LIFE_MS ? { device, issuedAtMs } : null;
  }

  return {
    subjectOf(cookies, whose) {
      const known = read(cookies, whose);
      return known && `device:${hashToken(`${whose.account} ${known.device}`).slice(0, 32)}`;
    },
    remember(cookies, { account, nowMs }) {
      const known = read(cookies, { account, nowMs });
      if (known && nowMs - known.issuedAtMs < ANEW_AFTER_MS) return;
      const device = known?.device ?? newToken(random);
      const issued = String(nowMs);
      const token = [device, issued, signed(keys.current, account, device, issued)].join('.');
      cookies.setDeviceToken(nameOf(account), token, LIFE_MS);
    },
  };
}

/** People who share a computer have a cookie each. */
function nameOf(account: string): string {
  return hashToken(account).slice(0, 16);
}

function signed(key: KeyObject, account: string, device: string, issued: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([account, device, issued]))
    .digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
