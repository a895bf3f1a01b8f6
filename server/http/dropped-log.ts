import type { Logger } from 'pino';

/** `perAddress`: one address had too many connections. `inAll`: there were too many in all. `unread`: a refused body went on coming. */
export type DropReason = 'perAddress' | 'inAll' | 'unread';

export interface DroppedLog {
  count(reason: DropReason, key: string): void;
  /** Writes what was counted and not yet written. */
  flush(): void;
}

/** One line for many closed connections: how many, why, and from how many addresses. It names no address. */
export function createDroppedLog(logger: Logger | undefined, everyMs: number): DroppedLog {
  const counts = { perAddress: 0, inAll: 0, unread: 0 };
  const keys = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (keys.size === 0) return;
    logger?.warn({ ...counts, addresses: keys.size }, 'connections closed to leave room for others');
    Object.assign(counts, { perAddress: 0, inAll: 0, unread: 0 });
    keys.clear();
  }

  return {
    count(reason, key) {
      counts[reason] += 1;
      keys.add(key);
      timer ??= setTimeout(flush, everyMs).unref();
    },
    flush,
  };
}
