/** The people who work for the village: accounts, roles, log-ins at the desk, and declared kin. */
export { type AdminTools, createAdmin, type NewAdmin, resetPassword, type ShownPassword } from './admin.ts';
export { actsOfGrownKin, actsOfMaking } from './acts.ts';
export { confirmPassword } from './log-ins.ts';
export {
  createStaff,
  extendKin,
  findStaff,
  listStaff,
  type NewStaff,
  staffById,
  staffNames,
} from './staff.ts';
export { createStaffSessions, type StaffSessions } from './staff-sessions.ts';
export { countedStaff } from './counted.ts';
export { confirmAllStaff, countUnconfirmed, leftToSupervisor, SUPERVISOR_WAITS_DAYS } from './confirm.ts';
