import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The kinds whose files take longest begin first, so that both workers end at about the same time. */
const ORDER = ['faults', 'e2e', 'tooling', 'property', 'api', 'unit'];

/** Within a kind the file that was slowest in the last run begins; without a last run the largest. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byKind = await super.sort(files);
    return byKind.sort((a, b) => rank(a) - rank(b));
  }
}

/** A kind that is not in the list comes first. Files that run alone come after all others. */
function rank({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder * ORDER.length + ORDER.indexOf(project.name);
}
