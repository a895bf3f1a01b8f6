import { describe, expect, it } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import {
  afterAttempt,
  firstSending,
  interruptedSending,
  pauseMs,
  type Sending,
} from '../../../client/intent/sending-state.ts';

const problem = (status: number, code: string, kind: string, moved = 'no'): Outcome<string> => ({
  kind: 'problem',
  problem: readProblem(status, { code, kind, moved }),
});
const outcomes = {
  answer: { kind: 'answer', data: 'done', filename: null },
  lost: { kind: 'unknown', reason: 'unreachable' },
  late: { kind: 'unknown', reason: 'timeout' },
  busy: problem(503, 'server.busy', 'retry'),
  unknownOutcome: problem(503, 'server.unknown_outcome', 'retry', 'unknown'),
  gateway: { kind: 'problem', problem: readProblem(502, null) },
  refused: problem(422, 'ledger.points_short', 'refused'),
  conflict: problem(409, 'idempotency.conflict', 'refused'),
  loggedOut: problem(401, 'auth.session_ended', 'refused'),
  shiftOver: problem(401, 'kiosk.shift_over', 'refused'),
  bug: problem(500, 'server.bug', 'bug'),
} satisfies Record<string, Outcome<string>>;

const first: Sending<string> = firstSending('k', 'ten');
const unclear: Sending<string> = interruptedSending('k', 'ten');

describe('what an attempt says of a sending', () => {
  it.each([
    ['answer', 'booked', 'booked'],
    ['lost', 'unclear', 'unclear'],
    ['late', 'unclear', 'unclear'],
    ['busy', 'certain', 'unclear'],
    ['unknownOutcome', 'unclear', 'unclear'],
    ['gateway', 'unclear', 'unclear'],
    ['refused', 'refused', 'refused'],
    ['conflict', 'booked_otherwise', 'booked_otherwise'],
    ['loggedOut', 'refused', 'unclear'],
    ['shiftOver', 'refused', 'unclear'],
    ['bug', 'refused', 'refused'],
  ] as const)('%s: %s at first, %s after an unclear attempt', (name, atFirst, afterUnclear) => {
    expect(said(first, outcomes[name])).toBe(atFirst);
    expect(said(unclear, outcomes[name])).toBe(afterUnclear);
  });

  it('keeps key and content through every attempt, and counts them', () => {
    let sending = first;
    for (const outcome of [outcomes.busy, outcomes.lost, outcomes.busy, outcomes.loggedOut]) {
      const after = afterAttempt(sending, outcome);
      if (after.is !== 'open') throw new Error(`it ended: ${after.is}`);
      sending = after.sending;
    }
    expect(sending).toEqual({ key: 'k', content: 'ten', attempts: 4, isUnclear: true });
  });

  it('waits 1, 2, 4, then 5 seconds', () => {
    expect([1, 2, 3, 4, 5, 50].map((attempts) => pauseMs({ attempts }))).toEqual([
      1000, 2000, 4000, 5000, 5000, 5000,
    ]);
  });
});

function said(sending: Sending<string>, outcome: Outcome<string>): string {
  const after = afterAttempt(sending, outcome);
  if (after.is !== 'open') return after.is;
  return after.sending.isUnclear ? 'unclear' : 'certain';
}
