import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The kinds whose files take longest begin first, so that all workers end at about the same time. */
const ORDER = ['faults', 'e2e', 'tooling', 'property', 'api', 'unit'];
/** A fault is mostly waited for, a screen is mostly computed: side by side they keep the processors busy. */
const SCREENS_A_FAULT = 2;

/** Within a kind the file that was slowest in the last run begins; without a last run the largest. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byKind = (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
    const {
      faults = [],
      e2e = [],
      others = [],
    } = Object.groupBy(byKind, ({ project: { name } }) =>
      name === 'faults' || name === 'e2e' ? name : 'others',
    );
    return [...mixed(faults, e2e), ...others];
  }
}

function mixed<T>(faults: readonly T[], screens: readonly T[]): T[] {
  const all: T[] = [];
  const left = [...screens];
  for (const fault of faults) all.push(fault, ...left.splice(0, SCREENS_A_FAULT));
  return [...all, ...left];
}

/** A kind that is not in the list comes first. Files that run alone come after all others. */
function rank({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder * ORDER.length + ORDER.indexOf(project.name);
}
