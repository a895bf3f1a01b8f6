/** The work did not end in time. It may be done all the same, now or later. */
export class TimeLimitPassed extends Error {
  constructor() {
    super('the device did not answer in time');
  }
}

/** Calls after so many milliseconds, unless it is called off. */
export type Alarm = (run: () => void, ms: number) => () => void;

export const alarmClock: Alarm = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Rejects once the time is over; `late` is called then, to end what can be ended. */
export function withinTime<T>(
  work: Promise<T>,
  { ms, alarm, late }: { readonly ms: number; readonly alarm: Alarm; readonly late: () => void },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = alarm(() => {
      late();
      reject(new TimeLimitPassed());
    }, ms);
    void work.then(resolve, reject).finally(callOff);
  });
}
