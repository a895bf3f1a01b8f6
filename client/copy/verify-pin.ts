/** Whether this is the PIN of a verifier. Rejects where the device cannot say. */
export type VerifyPin = (verifier: string, pin: string) => Promise<boolean>;

type PinWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

interface Answered {
  readonly number: number;
  /** Null: it could not be checked. */
  readonly isRight: boolean | null;
}

interface Waiting {
  readonly resolve: (isRight: boolean) => void;
  readonly reject: (error: Error) => void;
}

/** Checks PINs in a worker, which is started for the first one. One that breaks is replaced for the next. */
export function createPinVerifier(start: () => PinWorker = startWorker): VerifyPin {
  const waiting = new Map<number, Waiting>();
  let worker: PinWorker | null = null;
  let asked = 0;

  function running(): PinWorker {
    if (worker !== null) return worker;
    const started = start();
    started.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      const one = waiting.get(data.number);
      waiting.delete(data.number);
      if (data.isRight === null) one?.reject(new Error('the PIN could not be checked'));
      else one?.resolve(data.isRight);
    });
    started.addEventListener('error', () => {
      started.terminate();
      worker = null;
      for (const { reject } of waiting.values()) reject(new Error('the worker does not run'));
      waiting.clear();
    });
    return (worker = started);
  }

  return (verifier, pin) =>
    new Promise((resolve, reject) => {
      const number = (asked += 1);
      waiting.set(number, { resolve, reject });
      running().postMessage({ number, verifier, pin });
    });
}

function startWorker(): PinWorker {
  return new Worker(new URL('./pin-worker.ts', import.meta.url), { type: 'module' });
}
