/** Runs works one after the other, in the order they were asked for. One that fails holds up none behind it. */
export function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = tail.then(() => work());
    tail = done.catch(() => undefined);
    return done;
  };
}
