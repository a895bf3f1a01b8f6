import { and, asc, eq } from 'drizzle-orm';
import { guardedSpec, isGuarded } from '../../shared/changes/guarded.ts';
import { CHANGE_STATE_WORDS, CHANGE_TITLES, CHANGES_PART } from '../../shared/changes/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import type { ChangeRow } from './change-row.ts';

/** The changes of the household that waited, or wait, for a second person. */
export async function changesFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const { reader, villageId, householdId, moment, nameOf } = subject;
  const { changes } = reader.t;
  const rows = await reader.db
    .select()
    .from(changes)
    .where(and(eq(changes.villageId, villageId), eq(changes.householdId, householdId)))
    .orderBy(asc(changes.id));
  const told = rows.map((row) =>
    titled(CHANGE_TITLES, {
      what: isGuarded(row.operation) ? guardedSpec(row.operation).zh : row.operation,
      content: contentOf(row),
      reason: row.reason,
      state: CHANGE_STATE_WORDS[row.state],
      proposed: titled(CHANGE_TITLES, { by: nameOf(row.proposedBy), at: moment(row.proposedAtMs) }),
      decided:
        row.decidedAtMs === null
          ? null
          : titled(CHANGE_TITLES, { by: nameOf(row.decidedBy), at: moment(row.decidedAtMs) }),
      note: row.note,
    }),
  );
  return [[CHANGES_PART, told]];
}

/** Values before and after, each pair under the name of its field. */
function contentOf({ operation, told }: ChangeRow): Readonly<Record<string, unknown>> {
  const fields = isGuarded(operation) ? guardedSpec(operation).fields : {};
  const content: Record<string, unknown[]> = {};
  for (const [name, value] of Object.entries(told?.facts ?? {})) {
    const field = name.slice(name.indexOf('.') + 1);
    const title = fields[field]?.zh ?? field;
    content[title] = [...(content[title] ?? []), value];
  }
  return content;
}
