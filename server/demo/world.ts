import type { Tx } from '../../db/index.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import type { Part } from './cast.ts';
import { NEW_VILLAGE_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import { type DecisionAt, ownKinds, toldSteps } from '../proposals/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { type Call, runCommand } from '../commands/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { ActAt, BookingAt, GuardedAt } from '../at.ts';
import type { DemoDay } from './calendar.ts';
import { randomBelow } from '../identity/index.ts';
import type { Dice } from './dice.ts';

export const DEMO_SETTINGS: VillageSettings = {
  ...NEW_VILLAGE_SETTINGS,
  shopHours: '逢三逢八赶集日、周三、周六 8:30–17:00',
};

/** The story's own time. It moves forward only, in the village's zone, and dates everything that is booked. */
export class StoryClock {
  nowMs: number;
  day: string;

  constructor(day: string) {
    this.day = day;
    this.nowMs = startOfDay(day);
  }

  /** Moves to this many minutes after midnight of the day, or a few seconds on if that is past already. */
  moveTo(day: string, minutes: number): void {
    this.day = day;
    this.nowMs = Math.max(this.nowMs + 1000, startOfDay(day) + minutes * 60_000);
  }

  pass(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}

export interface StoryHousehold {
  readonly id: string;
  readonly number: string;
  readonly group: string;
}

/** Everything the story's chapters act on. */
export interface World {
  readonly tx: Tx;
  readonly ledger: Ledger;
  readonly villageId: string;
  /** The village at its founding, when its books are not open yet. */
  readonly village: VillageContext;
  readonly dice: Dice;
  readonly clock: StoryClock;
  readonly staff: ReadonlyMap<Part, Actor>;
  readonly households: readonly StoryHousehold[];
  /** By code, each as it is on the day of the story. */
  readonly rules: Map<string, Rule>;
  /** The village's settings, as they are on the day of the story. */
  settings: VillageSettings;
  newId(): string;
  newActId(): string;
  /** Books what somebody did beside moving points. It draws nothing from the story's dice. */
  tell(by: Pick<ActAt, 'actorId' | 'via'>, ...acts: readonly AnyAct[]): Promise<void>;
}

/** One day of the story, for chapters that run every day. */
export interface Scene {
  readonly world: World;
  readonly today: DemoDay;
}

export function staffOf(world: World, part: Part): Actor {
  const actor = world.staff.get(part);
  if (!actor) throw new Error(`nobody plays ${part}`);
  return actor;
}

/** Runs a command that takes steps with proposals, and tells them in the book. Their ids leave the story's dice as they are. */
export function runTold<Answer>(world: World, actorId: string, call: Call<Answer>): Promise<Answer> {
  const { ledger, villageId, clock } = world;
  const at = { ledger, villageId, actorId, nowMs: clock.nowMs, today: clock.day };
  return run(world, toldSteps({ ...at, newId: () => world.newActId() }, call));
}

/** Runs a command of the story, in the story's one transaction. */
export function run<Answer>({ tx, villageId }: World, call: Call<Answer>): Promise<Answer> {
  return runCommand(tx, villageId, call);
}

export function workOf(world: World, actorId: string): BookingAt & GuardedAt {
  const { tx, ledger, villageId, village, clock } = world;
  return {
    ...{ tx, ledger, villageId, village, actorId },
    nowMs: clock.nowMs,
    today: clock.day,
    idempotencyKey: `demo.${world.newId()}`,
    newId: () => world.newId(),
  };
}

export function decisionAtOf(world: World, actor: DecisionAt['actor']): DecisionAt {
  const randomInt = (below: number) => randomBelow((size) => world.dice.bytes(size), below);
  return { ...workOf(world, actor.id), actor, settings: world.settings, randomInt, kinds: ownKinds };
}

/** The village lies in Henan: no summer time, eight hours ahead. */
function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}
