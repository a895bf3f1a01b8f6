/**
 * One renewal at a time, in this tab and across tabs: the refresh token rotates, and an old one shown twice
 * ends the log-in. Over plain HTTP in the village's own network browsers offer no locks; then a short-lived
 * mark in the storage keeps tabs apart.
 */
export function oneAtATime(work: () => Promise<boolean>): () => Promise<boolean> {
  let running: Promise<boolean> | null = null;
  return () => {
    running ??= acrossTabs(work).finally(() => {
      running = null;
    });
    return running;
  };
}

const lockName = 'jishan.renewal';
const markLivesMs = 5_000;
const pauseMs = 120;

async function acrossTabs(work: () => Promise<boolean>): Promise<boolean> {
  if ('locks' in navigator) return navigator.locks.request(lockName, work);
  const until = performance.now() + markLivesMs;
  while (isMarked() && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  try {
    localStorage.setItem(lockName, String(Date.now()));
    return await work();
  } finally {
    localStorage.removeItem(lockName);
  }
}

function isMarked(): boolean {
  const age = Date.now() - Number(localStorage.getItem(lockName) ?? 0);
  return age >= 0 && age < markLivesMs;
}
