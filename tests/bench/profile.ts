import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A profile as Node’s `--cpu-prof` writes it. */
interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Microseconds of the system's monotonic clock. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** Flags with which a program writes its profile into a folder when it ends. */
export function profileFlags(folder: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
}

/** Microseconds of the clock that profiles use. */
export function profileClockUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Reads the one profile that a program left in a folder. */
export function readProfile(folder: string): CpuProfile {
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.cpuprofile'));
  if (name === undefined) throw new Error('the program has left no profile');
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile;
}

/** A stage, and the pattern that the name and the file of its functions fit. */
export type Stage = readonly [name: string, pattern: RegExp];

/**
 * Adds up by stage the samples taken between two moments, and returns each stage's share. A function belongs to the first
 * stage whose pattern fits it; if none does, to the stage of its caller. Idle time does not count.
 */
export function sharesOf(
  profile: CpuProfile,
  {
    stages,
    elsewhere,
    fromUs,
    toUs,
  }: { stages: readonly Stage[]; elsewhere: string; fromUs: number; toUs: number },
): Map<string, number> {
  const stageOf = stagesOfNodes(profile.nodes, stages, elsewhere);
  const spent = new Map<string, number>();
  let all = 0;
  let atUs = profile.startTime;
  for (const [index, node] of profile.samples.entries()) {
    // Each delta is the time since the sample before.
    const tookUs = profile.timeDeltas[index + 1] ?? 0;
    atUs += profile.timeDeltas[index] ?? 0;
    const stage = stageOf.get(node);
    if (stage === undefined || atUs < fromUs || atUs > toUs) continue;
    spent.set(stage, (spent.get(stage) ?? 0) + tookUs);
    all += tookUs;
  }
  return new Map(Array.from(spent, ([stage, us]) => [stage, us / all]));
}

/** The stage of each node; idle ones have none. */
function stagesOfNodes(
  nodes: readonly ProfileNode[],
  stages: readonly Stage[],
  elsewhere: string,
): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, string>();
  const walk = (id: number, callers: string): void => {
    const node = byId.get(id);
    if (!node || node.callFrame.functionName === '(idle)') return;
    const place = `${node.callFrame.functionName} ${node.callFrame.url}`;
    const own = stages.find(([, pattern]) => pattern.test(place))?.[0] ?? callers;
    found.set(id, own);
    for (const child of node.children ?? []) walk(child, own);
  };
  const [root] = nodes;
  if (root) walk(root.id, elsewhere);
  return found;
}
