/** Calls after a while. */
export type Later = (run: () => void) => void;

/** Makes a function that has `run` called after a while: once, however often it is called until then. */
export function postponed(later: Later, run: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    later(() => {
      isWaiting = false;
      run();
    });
  };
}
