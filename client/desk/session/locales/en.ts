import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  session: {
    logInTitle: 'Log in to the desk',
    logInLead: 'For the committee, approvers, supervisors and administrators',
    username: 'User name',
    passwordField: 'Password',
    logIn: 'Log in',
    logOut: 'Log out',
    expired: 'The log-in has ended. Log in again to return to where you were; an unsent award is kept.',
    password: 'Password',
    forgotten: 'Forgotten it? An administrator can give you a new one-time password under “Staff”.',
    passwordTitle: 'Change the password',
    mustChange: 'This is a one-time password. Change it to one that only you know before you start.',
    currentPassword: 'Present password',
    newPassword: 'New password',
    newPasswordAgain: 'New password once more',
    passwordHint:
      'At least 10 characters, the longer the better; a few unrelated words are easy to remember.',
    passwordShort: 'The password needs at least 10 characters.',
    passwordDiffers: 'The two passwords are not the same.',
    passwordSave: 'Save the new password',
    passwordChanged: 'The password is changed; log-ins on other devices have ended.',
  },
} satisfies SameKeys<typeof chinese>;
