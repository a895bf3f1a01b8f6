import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, instantMs, required, idParams, pageOf, done } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { STAFF_ROLES } from '../roles.ts';

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/);
export const newPassword = z.string().min(10).max(128);
export const staffRole = z.enum(STAFF_ROLES);

export const staffMember = z.object({
  id,
  username,
  displayName: z.string(),
  roles: z.array(staffRole),
  householdIds: z.array(id),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  confirmedAtMs: instantMs.nullable().describe('Since when this person decides; null: waits to be confirmed'),
  unconfirmedBy: z.string().nullable().describe('Who made what waits: somebody else confirms it'),
  unconfirmedSinceMs: instantMs.nullable(),
});
export type StaffMember = z.infer<typeof staffMember>;

export const whoAmI = z.object({
  staff: staffMember,
  village: z.object({
    ...{ id, name: z.string(), town: z.string(), isDemo: z.boolean(), timeZone: z.string() },
    noticeDays: z.int().nullable().describe('Days that awards are on notice; null: none'),
    dutiesSplit: z
      .boolean()
      .describe('Whether cards and PINs are issued by somebody who does not manage volunteers and kiosks'),
  }),
});
export type WhoAmI = z.infer<typeof whoAmI>;

/** The access token goes in the Authorization header; the refresh token is an httpOnly cookie and never seen. */
export const sessionOpened = whoAmI.extend({ accessToken: z.string(), expiresInS: z.int() });
export type SessionOpened = z.infer<typeof sessionOpened>;

export const operations = {
  'session.login': {
    guessable: true,
    summary: 'Log in a member of staff',
    summaryZh: '工作人员登录',
    access: 'session.open',
    body: z.object({ username: z.string().trim().toLowerCase().max(64), password: z.string().max(128) }),
    response: sessionOpened,
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked'],
  },
  'session.refresh': {
    guessable: true,
    summary: 'Trade the refresh cookie for a new access token',
    summaryZh: '用 Cookie 换一个新的访问令牌',
    access: 'session.open',
    body: z.object({}),
    response: sessionOpened,
    idempotent: false,
    errors: ['auth.session_ended'],
  },
  'session.logout': {
    summary: 'End this log-in',
    summaryZh: '退出这次登录',
    access: 'session.open',
    body: z.object({}),
    response: done,
    idempotent: false,
    errors: [],
  },
  'session.me': {
    summary: 'Who the token speaks for',
    summaryZh: '这个令牌是谁的',
    access: 'session.own',
    response: whoAmI,
    errors: [],
  },
  'session.changePassword': {
    guessable: true,
    summary: 'Change the own password; other log-ins end',
    summaryZh: '改自己的密码；其他登录随之结束',
    access: 'session.own',
    body: z.object({ current: z.string().max(128), next: newPassword }),
    response: done,
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'auth.weak_password'],
  },
  'staff.list': {
    summary: 'The village’s staff',
    summaryZh: '村里的工作人员',
    access: 'staff.read',
    response: pageOf(staffMember),
    errors: [],
  },
  'staff.create': {
    secret: true,
    summary: 'Add a member of staff; answers a one-time password',
    summaryZh: '添加工作人员；答复一次性密码',
    access: 'staff.change',
    body: z.object({
      username,
      displayName: required(40),
      roles: z.array(staffRole).min(1),
      householdIds: z.array(id).max(50).default([]),
    }),
    response: z.object({ staff: staffMember, oneTimePassword: z.string() }),
    errors: [
      'staff.username_taken',
      'staff.name_taken',
      'staff.supervisor_alone',
      'staff.supervisor_kin',
      'household.not_found',
    ],
  },
  'staff.update': {
    summary: 'Change name, roles, declared households, or disable',
    summaryZh: '修改姓名、角色、申报的农户，或停用',
    access: 'staff.change',
    params: idParams,
    body: z.object({
      displayName: required(40).optional(),
      roles: z.array(staffRole).min(1).optional(),
      householdIds: z.array(id).max(50).optional(),
      disabled: z.boolean().optional(),
    }),
    response: staffMember,
    errors: [
      'staff.not_found',
      'staff.last_admin',
      'staff.own_households',
      'staff.name_taken',
      'staff.supervisor_alone',
      'staff.supervisor_kin',
      'household.not_found',
    ],
  },
  'staff.confirm': {
    summary:
      'Confirm an account, role, kin or password that somebody else changed: the person decides from now on',
    summaryZh: '确认别人添加或改动的账号：从此可以审核',
    access: 'staff.confirm',
    params: idParams,
    body: z.object({}),
    response: staffMember,
    errors: ['staff.not_found', 'staff.nothing_to_confirm', 'staff.confirm_own', 'staff.confirm_early'],
  },
  'staff.resetPassword': {
    secret: true,
    summary: 'Give a new one-time password; all log-ins of that person end',
    summaryZh: '发新的一次性密码；此人的登录全部结束',
    access: 'staff.change',
    params: idParams,
    body: z.object({}),
    response: z.object({ oneTimePassword: z.string() }),
    errors: ['staff.not_found'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
