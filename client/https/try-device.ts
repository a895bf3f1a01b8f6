/** The needs of a counter, in the order in which they are tried. */
export const TRIALS = ['worker', 'disk', 'key', 'camera'] as const;
export type Trial = (typeof TRIALS)[number];

/** `untrusted`: the warning was clicked away, and the browser knows. `absent`: it has no such thing. */
export type Fault = 'untrusted' | 'absent' | 'refused';

export type TrialOutcome = Readonly<Record<Trial, Fault | null>>;

/** The part of the browser that is tried. */
export interface TriedBrowser {
  readonly navigator: Pick<Navigator, 'serviceWorker' | 'mediaDevices'>;
  readonly crypto: Pick<Crypto, 'subtle'>;
  readonly indexedDB: IDBFactory;
}

const DATABASE = 'jishan-trial';
const WORKER = { path: '/https/worker.js', scope: '/https/' };
const PATIENCE_MS = 15_000;

/**
 * Does each thing for real and puts everything back. A page whose warning was clicked away calls itself secure, so that is
 * not asked.
 */
export async function tryDevice(browser: TriedBrowser): Promise<TrialOutcome> {
  return {
    worker: await faultOf(() => tryWorker(browser)),
    disk: await faultOf(() => tryDisk(browser)),
    key: await faultOf(() => tryKey(browser)),
    camera: await faultOf(() => tryCamera(browser)),
  };
}

/** The browser lacks it: the names of other errors are the browser's own. */
class Absent extends Error {}

async function faultOf(work: () => Promise<void>): Promise<Fault | null> {
  try {
    await within(work());
    return null;
  } catch (error) {
    if (error instanceof Absent) return 'absent';
    const { name } = error as { name?: string };
    return name === 'SecurityError' ? 'untrusted' : 'refused';
  }
}

async function tryWorker({ navigator: { serviceWorker } }: TriedBrowser): Promise<void> {
  // Browsers leave it out on plain http and in some private windows.
  if ((serviceWorker as ServiceWorkerContainer | undefined) === undefined) throw new Absent();
  const registered = await serviceWorker.register(WORKER.path, { scope: WORKER.scope });
  try {
    const worker = registered.installing ?? registered.waiting ?? registered.active;
    if (worker) await activated(worker);
  } finally {
    await registered.unregister();
  }
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('the worker ended'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

async function tryDisk({ indexedDB }: TriedBrowser): Promise<void> {
  if ((indexedDB as IDBFactory | undefined) === undefined) throw new Absent();
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
  const database = await answered(opening);
  try {
    await new Promise<void>((resolve, reject) => {
      const work = database.transaction('rows', 'readwrite', { durability: 'strict' });
      work.objectStore('rows').put({ written: true }, 1);
      work.oncomplete = () => resolve();
      work.onabort = () => reject(work.error ?? new Error('aborted'));
    });
  } finally {
    database.close();
    await answered(indexedDB.deleteDatabase(DATABASE));
  }
}

function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
}

async function tryKey({ crypto: { subtle } }: TriedBrowser): Promise<void> {
  if ((subtle as SubtleCrypto | undefined) === undefined) throw new Absent();
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array([1]));
}

/** Only whether it may be asked for: nobody wants the camera's light on here. */
function tryCamera({ navigator: { mediaDevices } }: TriedBrowser): Promise<void> {
  const hasCamera = typeof (mediaDevices as MediaDevices | undefined)?.getUserMedia === 'function';
  return hasCamera ? Promise.resolve() : Promise.reject(new Absent());
}

function within(work: Promise<void>): Promise<void> {
  let timer: number | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => window.clearTimeout(timer));
}
