import { createApp, effectScope, proxyRefs, ref, shallowRef } from 'vue';
import type { Api } from '../../client/api/index.ts';
import { createDesk, type Desk } from '../../client/desk/desk.ts';
import { createDeskIntents } from '../../client/desk/intents/desk-intents.ts';
import { openDevice, type Device } from '../../client/device/device.ts';
import { createDeviceIntents } from '../../client/intent/intent-store.ts';

interface DeskParts {
  readonly api: Api;
  readonly device?: Device;
  /** The person at this desk. */
  readonly staffId?: string;
  readonly now?: () => number;
}

/** The desk's shared parts as the screens inject them, with a logged-in person and the messages that were shown. */
export interface TestDesk {
  readonly desk: Desk;
  readonly said: string[];
  /** Runs what a screen would set up, until it is left. */
  readonly open: <T>(setUp: () => T) => { readonly screen: T; readonly leave: () => void };
}

let devices = 0;

/** A fresh device storage for a test. */
export function newDevice(): Device {
  devices += 1;
  return openDevice(`test ${devices}`);
}

export function testDesk({ api, device = newDevice(), staffId = 's', now }: DeskParts): TestDesk {
  const said: string[] = [];
  const intents = createDeskIntents(api, createDeviceIntents(device), {
    attemptsMax: 1,
    wait: () => Promise.resolve(),
    ...(now ? { now } : {}),
  });
  intents.enter(`v.${staffId}`);
  const session = shallowRef({ staff: { id: staffId, roles: [] }, village: { id: 'v', name: '' } });
  const desk = proxyRefs({
    ...{ api, device, intents, session },
    stage: ref('in'),
    mayDo: () => true,
    say: (text: string) => said.push(text),
    refreshSession: () => Promise.resolve(),
  }) as unknown as Desk;
  return {
    desk,
    said,
    open(setUp) {
      const app = createApp({ render: () => null });
      app.provide(createDesk(device).key, desk);
      const scope = effectScope();
      const screen = app.runWithContext(() => scope.run(setUp));
      return { screen: screen as never, leave: () => scope.stop() };
    },
  };
}
