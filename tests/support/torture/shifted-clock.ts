/** Loaded before a server (`node --import`): its clock is ahead by as many milliseconds as a file says, which a test writes. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const file = process.env.JISHAN_TEST_CLOCK;
const OwnDate = Date;
const now = Date.now.bind(Date);
const READ_EVERY_MS = 20;
let aheadMs = 0;
let readAtMs = Number.NEGATIVE_INFINITY;

function shiftedNow(): number {
  const steadyMs = performance.now();
  if (file !== undefined && steadyMs - readAtMs > READ_EVERY_MS) {
    readAtMs = steadyMs;
    aheadMs = Number(readFileSync(file, 'utf8'));
  }
  return now() + aheadMs;
}

globalThis.Date = new Proxy(OwnDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget) as Date,
  apply: () => new OwnDate(shiftedNow()).toString(),
  get: (target, name, receiver): unknown =>
    name === 'now' ? shiftedNow : Reflect.get(target, name, receiver),
});
