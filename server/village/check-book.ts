import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { badTold, firstWrong, type StartCheck, type ToldAct, ToldFields } from '../acts/index.ts';
import { OPENING_ID, sha256 } from '../documents/index.ts';
import { toldOf } from './acts.ts';

const PRINTER_ACTS: readonly string[] = ['printers.set', 'printers.cleared'];
/** A printer that is gone or was put there by nobody is noticed by its fields, too. */
const NO_PRINTER = { host: null, port: null, paper: null, cuts: null };
const PRINTER_COLUMNS = { host: 'settings', port: 'settings', paper: 'settings', cuts: 'settings' };
/** Settings that came later and are not empty by default. */
const ADDED = ['objectionDays', 'answerDays', 'phonesReport', 'leadersCheckReports'] as const;

/** Compares name, settings, address, printer and opening of the village, and the steps noted by hand, with the acts that made them. */
export const checkVillage: StartCheck = ({ reader, villageId }) => {
  const fields = new ToldFields();
  const address = new ToldFields();
  const printer = new ToldFields();
  const steps = new Map<unknown, ToldAct>();
  let opened = null as ToldAct | null;
  return {
    take(act) {
      if (act.kind !== 'village' || act.id !== villageId) return;
      // Books that are older than a setting do not tell it: it was as it is by default.
      if (act.act === 'village.founded') for (const name of ADDED) fields.put(name, DEFAULT_SETTINGS[name]);
      if (act.act === 'village.founded' || act.act === 'village.changed') fields.take(act);
      else if (act.act === 'address.chosen') address.take(act);
      else if (PRINTER_ACTS.includes(act.act)) printer.take(act);
      else if (act.act === 'village.step_noted') steps.set(act.is.get('step'), act);
      else if (act.act === 'village.opened') opened = act;
    },
    async finish({ isWhole }) {
      const { villages } = reader.t;
      const [row] = await reader.db.select().from(villages).where(eq(villages.id, villageId));
      if (!row) return badTold(villages, { id: villageId, check: 'missing' });
      const { settings, isDemo } = row;
      // Everything told but address and printer stands in one column.
      const columns = Object.fromEntries(Object.keys(settings).map((name) => [name, 'settings']));
      const now = { ...toldOf(row), isDemo: isDemo || null };
      const at = { columns, isWhole };
      const printerAt = { columns: PRINTER_COLUMNS, isWhole };
      const openedAtMs = await frozenOpening(reader, villageId, opened);
      return (
        fields.compare(villages, villageId, now, at) ??
        address.compare(villages, villageId, { ...settings.address }, at) ??
        strangePrinter(settings.printer, villageId, reader) ??
        printer.compare(villages, villageId, { ...NO_PRINTER, ...settings.printer }, printerAt) ??
        (isWhole && openedAtMs !== undefined
          ? firstWrong(villages, { id: villageId, check: 'told', number: opened?.number ?? null }, [
              ['openedAtMs', openedAtMs, row.openedAtMs],
            ])
          : null) ??
        (await wrongStep(reader, villageId, { steps, isWhole }))
      );
    },
  };
};

/** A value that is no printer has none of its fields either. */
function strangePrinter(printer: unknown, id: string, { t: { villages } }: Reader): BadRow | null {
  if (printer === null || printer === undefined || typeof printer === 'object') return null;
  return badTold(villages, { id, column: 'settings', check: 'told' });
}

/**
 * The instant of the opening, as its document has it; null: the books are not open. Undefined where the document is not the
 * one that the act names: the check of documents says so.
 */
async function frozenOpening(
  { db, t }: Reader,
  villageId: string,
  opened: ToldAct | null,
): Promise<number | null | undefined> {
  if (opened === null) return null;
  const { frozenDocuments } = t;
  const [document] = await db
    .select({ body: frozenDocuments.body })
    .from(frozenDocuments)
    .where(and(eq(frozenDocuments.villageId, villageId), eq(frozenDocuments.id, OPENING_ID)));
  if (!document || sha256(document.body) !== opened.is.get('document')) return undefined;
  return (JSON.parse(document.body) as { openedAtMs: number }).openedAtMs;
}

async function wrongStep(
  { db, t: { setupNotes } }: Reader,
  villageId: string,
  { steps, isWhole }: { readonly steps: ReadonlyMap<unknown, ToldAct>; readonly isWhole: boolean },
): Promise<BadRow | null> {
  const left = new Map(steps);
  for (const { step: id, staffId } of await db
    .select()
    .from(setupNotes)
    .where(eq(setupNotes.villageId, villageId))) {
    const act = left.get(id);
    left.delete(id);
    if (!act && isWhole) return badTold(setupNotes, { id, check: 'orphan' });
    const wrong = firstWrong(setupNotes, { id, check: 'told', number: act?.number ?? null }, [
      ['staffId', act?.actorId ?? staffId, staffId],
    ]);
    if (wrong) return wrong;
  }
  const [lost] = left;
  return lost && isWhole
    ? badTold(setupNotes, { id: String(lost[0]), number: lost[1].number, check: 'missing' })
    : null;
}
