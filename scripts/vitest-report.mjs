import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import process from 'node:process';
import { root } from './project.mjs';

/** Writes what came of each test file, and of vitest itself, as JSON to the path in JISHAN_REPORT. */
export default class Report {
  onTestRunEnd(modules, unhandledErrors) {
    const files = modules.map((module) => ({
      file: relative(root, module.moduleId).split(sep).join('/'),
      ms: module.diagnostic().duration,
      ...countsOf(module),
    }));
    writeFileSync(process.env.JISHAN_REPORT, JSON.stringify({ files, errors: unhandledErrors.length }));
  }
}

/** A file that fails outside its tests counts as one failure. */
function countsOf(module) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    counts[state === 'pending' ? 'skipped' : state] += 1;
  }
  if (!module.ok() && counts.failed === 0) counts.failed = 1;
  return counts;
}
