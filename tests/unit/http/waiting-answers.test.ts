import { describe, expect, it } from 'vitest';
import { createWaitingAnswers } from '../../../server/http/waiting-answers.ts';

const LIMITS = { answerBytesPerAddress: 100, answerBytesInAll: 250 };
const IDLE_MS = 2_000;

describe('answers that wait to be taken', () => {
  let now = 0;
  function begin() {
    now = 1_000_000;
    const answers = createWaitingAnswers(LIMITS, () => now);
    const closed: string[] = [];
    /** The connections by their names. */
    const sockets = new Map<string, { destroy: () => never }>();
    const socketOf = (name: string) => {
      const destroy = () => void closed.push(name) as never;
      const socket = sockets.get(name) ?? { destroy };
      sockets.set(name, socket);
      return socket;
    };
    const hold = (address: string, name: string, bytes: number) =>
      answers.hold({ address, socket: socketOf(name), bytes });
    return { hold, closed };
  }

  it('give back what they hold when they were taken, once', () => {
    const { hold, closed } = begin();
    const first = hold('a', 'a1', 60);
    expect(hold('a', 'a2', 60)).toBeNull();
    first?.release();
    first?.release();
    expect(hold('a', 'a2', 60)).not.toBeNull();
    expect(hold('a', 'a3', 60)).toBeNull();
    expect(closed).toEqual([]);
  });

  it('make way for a new one of their address, the one taken from longest ago first, while nobody takes them', () => {
    const { hold, closed } = begin();
    const first = hold('a', 'a1', 30);
    hold('a', 'a2', 30);
    hold('a', 'a3', 30);
    now += IDLE_MS - 1;
    first?.noteTaken();
    expect(hold('a', 'a4', 30)).toBeNull();
    now += 1;
    expect(hold('a', 'a4', 30)).not.toBeNull();
    expect(closed).toEqual(['a2']);
    expect(hold('a', 'a5', 40)).not.toBeNull();
    expect(closed).toEqual(['a2', 'a3']);
    // The address's remaining answers are being read, so they are not closed.
    expect(hold('a', 'a6', 30)).toBeNull();
  });

  it('make way for another address: those nobody takes, of the address that holds most', () => {
    const { hold, closed } = begin();
    hold('a', 'a1', 100);
    const second = hold('b', 'b1', 50);
    hold('b', 'b2', 45);
    now += IDLE_MS;
    hold('c', 'c1', 50);
    second?.noteTaken();
    expect(hold('d', 'd1', 10)).not.toBeNull();
    expect(closed).toEqual(['a1']);
    hold('e', 'e1', 90);
    expect(hold('f', 'f1', 30)).not.toBeNull();
    expect(closed).toEqual(['a1', 'b2']);
  });

  it('that are being taken make way only for an address that holds less', () => {
    const { hold, closed } = begin();
    hold('a', 'a1', 90);
    now += 1;
    hold('b', 'b1', 90);
    hold('c', 'c1', 70);
    expect(hold('d', 'd1', 90)).toBeNull();
    expect(hold('c', 'c2', 20)).toBeNull();
    expect(hold('d', 'd1', 80)).not.toBeNull();
    expect(closed).toEqual(['a1']);
  });

  it('on one connection are closed together, and never for one that comes on it', () => {
    const { hold, closed } = begin();
    hold('a', 'a1', 40);
    hold('a', 'a1', 40);
    now += IDLE_MS;
    expect(hold('a', 'a1', 40)).toBeNull();
    expect(hold('a', 'a2', 95)).not.toBeNull();
    expect(closed).toEqual(['a1']);
  });

  it('are refused where they are larger than any room that could be made', () => {
    const { hold, closed } = begin();
    hold('a', 'a1', 90);
    now += IDLE_MS;
    expect(hold('a', 'a2', 101)).toBeNull();
    expect(closed).toEqual([]);
  });
});
