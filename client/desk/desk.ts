import { computed, inject, proxyRefs, ref, shallowRef, type InjectionKey } from 'vue';
import { ENDPOINTS } from '../../shared/endpoints.ts';
import { joinsDuties, mayDo, type Permission } from '../../shared/permissions.ts';
import { createApi, type AnswerOf, type Api, type Failure } from '../api/index.ts';
import { openDevice, type Device } from '../device/device.ts';
import { acceptLanguage } from '../i18n/index.ts';
import { createDeviceIntents } from '../intent/intent-store.ts';
import { createDeskIntents, type DeskIntents } from './intents/desk-intents.ts';

type Session = AnswerOf<'session.me'>;
type Opened = AnswerOf<'session.login'>;

/** `starting` until it is known who sits here; `setup` while the village has still to be made. */
type Stage = 'starting' | 'unreachable' | 'setup' | 'out' | 'in';

/** All that every screen of the desk may know: who sits here, what they may do, and the way to the server. */
export interface Desk {
  readonly api: Api;
  /** The browser's own database on this computer. */
  readonly device: Device;
  /** Everything this person sends, until its outcome is known. */
  readonly intents: DeskIntents;
  readonly stage: Stage;
  /** A log-in of this page ended without being asked to. */
  readonly hasExpired: boolean;
  readonly session: Session | null;
  readonly startFailure: Failure | null;
  /** True where setting up asks for the code printed at start. */
  readonly setupNeedsCode: boolean;
  readonly mayDo: (permission: Permission) => boolean;
  readonly isDemo: boolean;
  /** Finds out who sits here: by the refresh cookie, else whether the village has to be set up. */
  readonly start: () => Promise<void>;
  readonly opened: (session: Opened) => void;
  /** The own data has changed (name of the village, password). */
  readonly refreshSession: () => Promise<void>;
  readonly logOut: () => Promise<void>;
  readonly flash: Flash | null;
  /** Says what has just been done, at the foot of the screen. */
  readonly say: (text: string) => void;
  readonly quiet: () => void;
}

export interface Flash {
  readonly text: string;
  readonly id: number;
}

const deskKey: InjectionKey<Desk> = Symbol('desk');

/**
 * Whether somebody logged in here before. The cookie itself cannot be seen, and asking in vain looks like an error
 * to somebody who watches the browser. If nothing can be stored, the server is asked each time.
 */
const hint = {
  name: 'jishan.desk',
  isSet: () => withStorage((storage) => storage.getItem(hint.name) !== null) ?? true,
  set: () => withStorage((storage) => storage.setItem(hint.name, '1')),
  clear: () => withStorage((storage) => storage.removeItem(hint.name)),
};

function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

const renewalAttempts = 3;
const renewalPauseMs = 800;

/** One renewal serves all calls of a page that meet an expired log-in. */
function oneAtATime(work: () => Promise<boolean>): () => Promise<boolean> {
  let running: Promise<boolean> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('the desk was not provided');
  return desk;
}

export function createDesk(device: Device = openDevice()): Desk & { readonly key: InjectionKey<Desk> } {
  const stage = ref<Stage>('starting');
  const session = shallowRef<Session | null>(null);
  const startFailure = shallowRef<Failure | null>(null);
  const setupNeedsCode = ref(false);
  const hasExpired = ref(false);
  let accessToken: string | null = null;

  const open = createApi({ endpoints: ENDPOINTS, auth: { token: () => null }, language: acceptLanguage });
  const renew = oneAtATime(refresh);
  const api = createApi({
    endpoints: ENDPOINTS,
    auth: { token: () => accessToken, renew },
    language: acceptLanguage,
  });

  const intents = createDeskIntents(api, createDeviceIntents(device));

  function opened(answer: Opened): void {
    accessToken = answer.accessToken;
    session.value = { staff: answer.staff, village: answer.village };
    intents.enter(`${answer.village.id}.${answer.staff.id}`);
    stage.value = 'in';
    hasExpired.value = false;
    hint.set();
  }

  async function refresh(): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await open.call('session.refresh');
      if (outcome.kind === 'answer') {
        const before = session.value?.staff.id;
        opened(outcome.data);
        // Somebody else has logged in at this computer: what was asked is not asked again in their name.
        return before === undefined || before === outcome.data.staff.id;
      }
      const isRefused = outcome.kind === 'problem' && outcome.problem.kind === 'refused';
      if (isRefused) {
        hasExpired.value = stage.value === 'in';
        ended();
      }
      if (isRefused || attempt === renewalAttempts) {
        if (!isRefused) startFailure.value = outcome;
        return false;
      }
      await new Promise((resolve) => setTimeout(resolve, renewalPauseMs));
    }
  }

  function ended(): void {
    accessToken = null;
    session.value = null;
    intents.leave();
    hint.clear();
    if (stage.value === 'in') stage.value = 'out';
  }

  async function start(): Promise<void> {
    stage.value = 'starting';
    startFailure.value = null;
    const [refreshed, setup] = await Promise.all([hint.isSet() ? renew() : false, open.call('setup.status')]);
    if (refreshed) return;
    if (setup.kind !== 'answer') startFailure.value = setup;
    else setupNeedsCode.value = setup.data.needsCode;
    if (startFailure.value !== null) stage.value = 'unreachable';
    else stage.value = setup.kind === 'answer' && setup.data.needsSetup ? 'setup' : 'out';
  }

  const desk = {
    key: deskKey,
    api,
    device,
    intents,
    stage,
    hasExpired,
    session,
    startFailure,
    setupNeedsCode,
    ...createFlash(),
    mayDo(permission: Permission) {
      const { staff, village } = session.value ?? {};
      const roles = staff?.roles ?? [];
      return mayDo(roles, permission) && !(village?.dutiesSplit === true && joinsDuties(roles, permission));
    },
    isDemo: computed(() => session.value?.village.isDemo ?? false),
    start,
    opened,
    async refreshSession() {
      const outcome = await api.call('session.me');
      if (outcome.kind === 'answer') session.value = outcome.data;
    },
    async logOut() {
      await open.call('session.logout');
      ended();
    },
  };
  return proxyRefs(desk);
}

function createFlash() {
  const flash = shallowRef<Flash | null>(null);
  return {
    flash,
    say(text: string): void {
      flash.value = { text, id: (flash.value?.id ?? 0) + 1 };
    },
    quiet(): void {
      flash.value = null;
    },
  };
}
