import type { CopyClock } from './copy-clock.ts';
import type { CopyDisk } from './copy-disk.ts';
import type { CopyServer } from './copy-server.ts';
import { type KeptVillage, villageOf, withChanges } from './kept-village.ts';
import type { PinTries } from './pin-tries.ts';

interface Wanted {
  readonly server: CopyServer;
  readonly disk: CopyDisk;
  readonly clock: CopyClock;
  readonly tries: PinTries;
  readonly nowMs: () => number;
  readonly village: () => KeptVillage | null;
  readonly show: (village: KeptVillage) => void;
  readonly wipe: () => Promise<void>;
}

/** By these the server says that this device may hold no copy: it is off, or the device was locked out or is unknown. */
const ENDS: ReadonlySet<string> = new Set(['copy.off', 'kiosk.revoked', 'auth.required']);
const BEGIN_ANEW = 'copy.begin_anew';

/** Brings the copy up to date. A caller who comes while the server is being asked has it asked once more. */
export function createRefresh(wanted: Wanted): () => Promise<void> {
  const { server, disk, clock, tries, nowMs, village, show, wipe } = wanted;
  let running: Promise<void> | null = null;
  /** Callers since the last question was begun. */
  const callers = { waiting: 0 };

  /** Answers what the copy becomes; null: as it was. */
  async function ask(): Promise<KeptVillage | null> {
    const before = village();
    if (before === null) return askWhole();
    const { entry: since, mark, day } = before;
    const outcome = await server.changes({ since, mark, day });
    if (outcome.kind === 'answer') return withChanges(before, outcome.data, nowMs());
    if (outcome.kind === 'problem' && outcome.problem.code === BEGIN_ANEW) return askWhole();
    await endOn(outcome);
    return null;
  }

  async function askWhole(): Promise<KeptVillage | null> {
    const outcome = await server.whole();
    if (outcome.kind === 'answer') return villageOf(outcome.data, nowMs());
    await endOn(outcome);
    return null;
  }

  async function endOn(outcome: Awaited<ReturnType<CopyServer['changes' | 'whole']>>): Promise<void> {
    if (outcome.kind === 'problem' && ENDS.has(outcome.problem.code)) await wipe();
  }

  async function run(): Promise<void> {
    const before = village();
    try {
      await clock.note();
      const now = await ask();
      // It was wiped while the server was asked: what the answer brings is not kept.
      if (now === null || village() !== before) return;
      await clock.setRight();
      await tries.renew();
      show(now);
      await disk.write(now);
    } catch {
      // An answer that is none of ours, or a disk that refuses: the copy stays as it was, and it is asked again.
    }
  }

  async function runUntilNobodyAsks(): Promise<void> {
    while (callers.waiting > 0) {
      callers.waiting = 0;
      await run();
    }
  }

  return () => {
    callers.waiting += 1;
    running ??= runUntilNobodyAsks().finally(() => (running = null));
    return running;
  };
}
