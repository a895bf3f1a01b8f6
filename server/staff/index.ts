/** Who works for the village: accounts, roles, log-ins at the desk, and whose kin they are. */
export { type AdminTools, createAdmin, type NewAdmin, resetPassword, type ShownPassword } from './admin.ts';
export { confirmPassword } from './log-ins.ts';
export { createStaff, extendKin, findStaff, listStaff, type NewStaff, staffNames } from './staff.ts';
export { createStaffSessions, type StaffSessions } from './staff-sessions.ts';
