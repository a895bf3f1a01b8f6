import { timingSafeEqual } from 'node:crypto';
import type { Store } from '../../db/store.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { addressOf } from '../../shared/address/address.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/village/endpoints.ts';
import { NEW_VILLAGE_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import { type ActNames, bookActs } from '../acts/index.ts';
import { type OwnAddresses, movedAddress } from '../address/index.ts';
import { refillMonth } from '../budget/index.ts';
import type { HandlersOf, PublicContext } from '../http/index.ts';
import { actsOfMaking, createStaff, type StaffSessions } from '../staff/index.ts';
import { hashSecret, requireGoodPassword } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import { actOfChange, actOfFounding } from './acts.ts';
import { needSecondForSettings } from './guard-settings.ts';
import { home } from './home.ts';
import { openBooks, openingOf } from './opening.ts';
import { look } from './look.ts';
import { dashboard } from './dashboard.ts';
import { noteStep } from './setup-done.ts';
import { summary } from './summary.ts';
import { claimSetup, createVillage, needsSetup, newVillageId, updateVillage } from './villages.ts';

export type DemoLogins = Answer<Operations['setup.demo']>;

export interface VillageServices {
  readonly ledger: Ledger;
  readonly actNames: ActNames;
  readonly staffSessions: StaffSessions;
  /** Printed at start. Callers who are not on the server itself must give it. Null: nobody from outside may set up. */
  readonly setupCode: string | null;
  /** The address at which phones reach this server; empty if none was set. */
  readonly publicUrl: string;
  /** The addresses of this machine now. */
  readonly ownAddresses: OwnAddresses;
  /** Makes the demo village; refuses with setup.done (claimSetup) if somebody else was quicker. */
  loadDemo(store: Store): Promise<DemoLogins>;
}

export function villageHandlers(deps: VillageServices): HandlersOf<typeof endpoints> {
  const publicUrl = (settings: VillageSettings) => addressOf(settings, deps.publicUrl) || null;
  return {
    'setup.status': async (_input, { reader, isLocal }) => ({
      needsSetup: await needsSetup(reader),
      needsCode: !isLocal,
    }),

    'setup.create': async ({ body }, context) => {
      await refuseStranger(deps, context, body.code);
      const { store, nowMs } = context;
      const { username, password, displayName } = body.admin;
      requireGoodPassword(password, username);
      const passwordHash = await hashSecret(password);
      const villageId = newVillageId(() => context.newId());
      const staffId = context.newId();
      const { name, town, noticeDays = null } = body.village;
      const settings = { ...NEW_VILLAGE_SETTINGS, noticeDays };
      const login = await store.transaction(async (tx) => {
        await claimSetup(tx, villageId, nowMs);
        await createVillage(tx, deps.ledger, {
          ...{ name, town, settings, nowMs, isDemo: false },
          id: villageId,
          bookId: context.newId(),
        });
        const founder = await createStaff(tx, {
          villageId,
          id: staffId,
          username,
          displayName,
          passwordHash,
          mustChangePassword: false,
          roles: ['admin'],
          householdIds: [],
          unconfirmedBy: null,
          nowMs,
        });
        const newId = () => context.newId();
        const at = { villageId, actorId: staffId, today: context.today, newId, via: 'setup' } as const;
        const made = { name, town, id: villageId, isDemo: false, settings };
        await bookActs(deps.ledger, tx, at, [actOfFounding(made), ...actsOfMaking(founder)]);
        return deps.staffSessions.open(tx, villageId, staffId, {
          nowMs,
          newId: () => context.newId(),
        });
      });
      context.setRefreshToken(login.refreshToken, login.refreshLifeMs);
      return login.answer;
    },

    'setup.demo': async ({ body }, context) => {
      await refuseStranger(deps, context, body.code);
      return deps.loadDemo(context.store);
    },

    'village.get': (_input, { village: { id, name, town, isDemo, settings } }) =>
      Promise.resolve({ id, name, town, isDemo, settings, publicUrl: publicUrl(settings) }),

    'village.update': async ({ body }, context) => {
      const { tx, village, act } = context;
      needSecondForSettings(context, body);
      const { shopHours = '' } = body.settings ?? {};
      if (shopHours !== village.settings.shopHours) await refuseUnfitTexts(tx, village.id, shopHours);
      const now = await updateVillage(tx, village.id, body);
      if ((village.settings.budgetHundredths ?? now.settings.budgetHundredths) !== null)
        await refillMonth(tx, deps.ledger, context, now.settings);
      act(actOfChange(village, now));
      return { ...now, publicUrl: publicUrl(village.settings) };
    },

    'village.opening': (_input, { reader, village, actor }) => openingOf(reader, village, actor),
    'village.open': async ({ body }, { tx, village, actor, nowMs, act }) => {
      act(await openBooks(tx, { village, actor, nowMs }, body.head));
      return openingOf(tx, { ...village, openedAtMs: nowMs }, actor);
    },
    'village.summary': async (_input, { reader, village, actor, today, nowMs }) => ({
      ...(await summary(reader, village, actor, { today, nowMs })),
      movedAddress: movedAddress(village.settings, deps.ownAddresses()),
    }),

    'village.home': (_input, { reader, village, today, nowMs }) => home(reader, { village, today, nowMs }),

    'village.look': ({ query }, { reader, village, nowMs }) =>
      look(reader, deps.actNames, village, query, nowMs),
    'village.noteStep': async ({ body: { step } }, { tx, village, actor, nowMs, act }) => {
      const isNew = await noteStep(tx, village.id, { step, staffId: actor.id, nowMs });
      if (isNew) act({ act: 'village.step_noted', on: `village:${village.id}`, is: { step } });
      return { ok: true };
    },

    'village.dashboard': ({ query }, { reader, village, today }) =>
      dashboard(reader, village, today, query.months),
  };
}

/** Refuses callers who are neither on the server's own machine nor have its code. Setting up works only once. */
async function refuseStranger(
  { setupCode }: VillageServices,
  context: PublicContext,
  code: string | undefined,
): Promise<void> {
  if (!context.isLocal && !isSame(setupCode, code)) throw new Refusal('setup.code');
  if (!(await context.store.read(needsSetup))) throw new Refusal('setup.done');
}

function isSame(wanted: string | null, given: string | undefined): boolean {
  if (wanted === null || given === undefined) return false;
  const [one, other] = [wanted, given.trim()].map((text) => Buffer.from(text));
  return one !== undefined && other?.length === one.length && timingSafeEqual(one, other);
}
