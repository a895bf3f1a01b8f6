/** Everything that identifies people: passwords and PINs, log-ins and their tokens, and the throttle on guessing. */
export { deviceOf, readDevice } from './devices.ts';
export { createHouseholdSessions, type HouseholdSessions } from './household-sessions.ts';
export { createKnownDevices, type KnownDevices } from './known-devices.ts';
export {
  ADDRESS_POLICY,
  countTry,
  countUse,
  forgive,
  guard,
  guardFrom,
  type GuardedSubject,
  type GuardPolicy,
  type UsePolicy,
  waitSeconds,
} from './login-throttle.ts';
export { isWeakPassword, requireGoodPassword } from './passwords.ts';
export { endPhone, helperOf, listPhones, requireOpenPhone } from './phones.ts';
export {
  hashSecret,
  hashToken,
  newPassword,
  newPin,
  newToken,
  NOBODYS_HASH,
  randomBelow,
  verifying,
  verifySecret,
} from './secrets.ts';
export { staffLife } from './session-lifetimes.ts';
export {
  endAllSessions,
  endSession,
  endSessionOf,
  endSessions,
  type OpenedSession,
  openSession,
  renewSession,
} from './sessions.ts';
export { ACCESS_LIFE_S, type AccessClaims, accessVerifier, signAccess, type TokenKeys } from './tokens.ts';
