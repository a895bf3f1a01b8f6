/** Who somebody is: passwords and PINs, log-ins and their tokens, staff. */
export { createAdmin, resetPassword, type AdminTools, type NewAdmin, type ShownPassword } from './admin.ts';
export {
  ADDRESS_POLICY,
  countTry,
  countUse,
  forgetOld,
  forgive,
  guard,
  guardFrom,
  type GuardedSubject,
  type GuardPolicy,
  type UsePolicy,
  waitSeconds,
} from './login-throttle.ts';
export { identityHandlers, type IdentityHandlerDeps } from './handlers.ts';
export { createIdentity, type Identity, type IdentityDeps, type StaffLogin } from './identity.ts';
export { confirmPassword } from './log-ins.ts';
export { deviceOf, readDevice } from './devices.ts';
export { eraseHouseholdLogIns } from './erase.ts';
export { isWeakPassword, requireGoodPassword } from './passwords.ts';
export { kinOf, logInsOf, wrongTriesOf } from './personal.ts';
export { endPhone, helperOf, listPhones } from './phones.ts';
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
export { dropEnded, endSession, endSessions } from './sessions.ts';
export { createStaff, extendKin, findStaff, listStaff, staffNames, type NewStaff } from './staff.ts';
export type { TokenKeys } from './tokens.ts';
