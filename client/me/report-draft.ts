import { REPORT_KINDS, type ReportKind } from '../../shared/reports/states.ts';
import { createDisk, reportDraftOf, type Seen } from './memory.ts';

/** A report that is being written. It stays on this phone until it is handed in: the network may be gone for a day. */
export interface ReportDraft {
  readonly kind: ReportKind;
  readonly ruleId: string;
  /** The title of the rule, for a phone that cannot read the rules now. */
  readonly title: string;
  readonly day: string;
  readonly helper: string;
  readonly words: string;
}

type Whose = Pick<Seen, 'villageId' | 'number'>;

const disk = createDisk(() => localStorage);
const TEXTS = ['ruleId', 'title', 'day', 'helper', 'words'] as const;

/** The draft of this household; null where there is none. */
export function readDraft(whose: Whose): ReportDraft | null {
  try {
    const kept = JSON.parse(disk.getItem(reportDraftOf(whose)) ?? 'null') as unknown;
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps what is written; a draft without words and without a rule is none. */
export function keepDraft(whose: Whose, draft: ReportDraft): void {
  if (draft.words === '' && draft.ruleId === '') disk.removeItem(reportDraftOf(whose));
  else disk.setItem(reportDraftOf(whose), JSON.stringify(draft));
}

function isDraft(kept: unknown): kept is ReportDraft {
  if (typeof kept !== 'object' || kept === null) return false;
  const fields = kept as Readonly<Record<string, unknown>>;
  return (
    REPORT_KINDS.some((kind) => kind === fields.kind) &&
    TEXTS.every((name) => typeof fields[name] === 'string')
  );
}
