import type { Socket } from 'node:net';

export interface AnswerLimits {
  /** How many bytes of answers may wait to be taken, by one address and by all. The system's own buffers do not count. */
  readonly answerBytesPerAddress: number;
  readonly answerBytesInAll: number;
}

interface NewAnswer {
  readonly address: string;
  readonly socket: Pick<Socket, 'destroy'>;
  readonly bytes: number;
}

export interface WaitingAnswer {
  /** Notes that the caller took some of it. */
  readonly noteTaken: () => void;
  /** Gives its bytes back. Calling it again does nothing more. */
  readonly release: () => void;
}

/** The answers that callers have not taken yet. They lie in memory until then. */
export interface WaitingAnswers {
  /** Counts an answer; null if there is no room for it and none can be made. */
  hold(answer: NewAnswer): WaitingAnswer | null;
}

interface Waiting extends NewAnswer {
  takenMs: number;
}

/** A caller on a poor line takes a piece now and then. Nobody who took one within this time counts as idle. */
const IDLE_MS = 2_000;

/**
 * Keeps the bytes of waiting answers within their limits. If a new answer would pass a limit, connections are closed to
 * make room for it: first those on which nothing was taken for the longest time, of the same address, or of the address
 * that holds the most. An answer that is being taken is closed only if its address holds more than the new one's would.
 */
export function createWaitingAnswers(
  { answerBytesPerAddress, answerBytesInAll }: AnswerLimits,
  nowMs: () => number = () => performance.now(),
): WaitingAnswers {
  const waiting = new Set<Waiting>();
  const sizes = new Map<string, number>();
  let inAll = 0;

  function count({ address }: Waiting, bytes: number): void {
    const size = (sizes.get(address) ?? 0) + bytes;
    if (size === 0) sizes.delete(address);
    else sizes.set(address, size);
    inAll += bytes;
  }

  function remove(one: Waiting): void {
    if (waiting.delete(one)) count(one, -one.bytes);
  }

  function findVictim({ address, socket, bytes }: NewAnswer, isFullOfOwn: boolean): Waiting | null {
    const others = Array.from(waiting).filter((one) => one.socket !== socket);
    const of = (holder: string) => others.filter((one) => one.address === holder);
    const idleOf = (holder: string) => of(holder).filter(({ takenMs }) => takenMs <= nowMs() - IDLE_MS);
    if (isFullOfOwn) return longestWaiting(idleOf(address));
    const holders = Array.from(sizes).sort(([, a], [, b]) => b - a);
    for (const [holder] of holders) {
      const idle = longestWaiting(idleOf(holder));
      if (idle) return idle;
    }
    const [largest = '', size = 0] = holders[0] ?? [];
    return size > (sizes.get(address) ?? 0) + bytes ? longestWaiting(of(largest)) : null;
  }

  /** Closes one connection if that may help, and answers whether it did. */
  function makeRoom(coming: NewAnswer, isFullOfOwn: boolean): boolean {
    const victim = findVictim(coming, isFullOfOwn);
    if (!victim) return false;
    for (const one of waiting) if (one.socket === victim.socket) remove(one);
    victim.socket.destroy();
    return true;
  }

  return {
    hold(coming) {
      const { address, bytes } = coming;
      if (bytes > Math.min(answerBytesPerAddress, answerBytesInAll)) return null;
      for (;;) {
        const isFullOfOwn = (sizes.get(address) ?? 0) + bytes > answerBytesPerAddress;
        if (!isFullOfOwn && inAll + bytes <= answerBytesInAll) break;
        if (!makeRoom(coming, isFullOfOwn)) return null;
      }
      const own: Waiting = { ...coming, takenMs: nowMs() };
      waiting.add(own);
      count(own, bytes);
      return {
        noteTaken: () => {
          own.takenMs = nowMs();
        },
        release: () => remove(own),
      };
    },
  };
}

/**
 * Several answers may wait on one connection. The latest time at which one of them was taken from counts for the
 * connection.
 */
function longestWaiting(waiting: readonly Waiting[]): Waiting | null {
  const latest = Array.from(
    Map.groupBy(waiting, ({ socket }) => socket).values(),
    (own) => own.toSorted((a, b) => b.takenMs - a.takenMs)[0],
  );
  return latest.toSorted((a, b) => (a?.takenMs ?? 0) - (b?.takenMs ?? 0))[0] ?? null;
}
