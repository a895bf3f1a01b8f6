import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Refusal } from '../../shared/errors.ts';

const require = createRequire(import.meta.url);
const SHORTEST = 10;
/** How many characters must be left when the guessable parts are taken out. */
const REST_MIN = 4;

/** Rows of the keyboard, the alphabet and the digits: a walk along them is no password. */
const RUNS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** Words of this program and this trade. Somebody who guesses passwords at a village's desk begins with them. */
const CONTEXT = [
  'jishan',
  'jifen',
  'jidian',
  'daode',
  'yinhang',
  'aixin',
  'chaoshi',
  'nonghu',
  'cunwei',
  'cunzhang',
  'shuji',
  'village',
  'points',
  'moralbank',
  'kiosk',
  'demo',
];

/** Passwords that people in China choose most. */
const COMMON = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'admin',
  'root',
  'guest',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'wodemima',
  'mima',
  '5201314',
  '1314520',
  '147258369',
  '123321',
  '112233',
  '888888',
  '666666',
  'qwe123',
  'abc123',
  'a1b2c3',
];

/** Refuses a password that would be among the first guesses. */
export function requireGoodPassword(password: string, username: string): void {
  if (isWeakPassword(password, username)) throw new Refusal('auth.weak_password');
}

export function isWeakPassword(password: string, username: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const characters = Array.from(plain);
  if (characters.length < SHORTEST || new Set(characters).size < REST_MIN) return true;
  if (/^(.{1,6})\1+$/u.test(plain)) return true;
  if (isCommon(plain)) return true;
  const known = [username.toLowerCase(), ...COMMON, ...CONTEXT].filter((word) => word.length >= 3);
  const rest = withoutRuns(known.reduce((text, word) => text.replaceAll(word, ''), plain)).replace(
    /[\s._!@#-]|(?:19|20)\d\d/g,
    '',
  );
  return Array.from(rest).length < REST_MIN;
}

/** Digits and signs put before or after a common password do not make it another. */
const PUT_ON = /^[^\p{L}]{0,8}|[^\p{L}]{0,8}$/gu;

/** True for the world's commonest fifty thousand passwords, also with digits and signs put before or after. */
function isCommon(plain: string): boolean {
  // Read only when a password is set, which is rare, and not kept in memory.
  const path = require.resolve('@zxcvbn-ts/language-common/src/passwords.json');
  const common = new Set(JSON.parse(readFileSync(path, 'utf8')) as string[]);
  return common.has(plain) || common.has(plain.replace(PUT_ON, ''));
}

/** Takes out every stretch of four or more keys that lie beside each other, in either direction. */
function withoutRuns(text: string): string {
  const rows = RUNS.flatMap((row) => [row, Array.from(row).reverse().join('')]);
  let rest = text;
  for (const row of rows) {
    for (let size = row.length; size >= 4; size -= 1) {
      for (let start = 0; start + size <= row.length; start += 1)
        rest = rest.replaceAll(row.slice(start, start + size), '');
    }
  }
  return rest;
}
