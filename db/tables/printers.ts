import type { Kit } from '#engine';

/** Slips that were sent to the shop's printer, for a day. Written by server/printers. */
export function printersTables(k: Kit) {
  /** A row before anything is sent, so that the same request prints once, also after a restart and in another process. */
  const printJobs = k.table(
    'print_jobs',
    {
      villageId: k.text().plain().notNull(),
      kioskId: k.text().plain().notNull(),
      /** Minted by the kiosk when somebody pressed. */
      key: k.text().plain().notNull(),
      /** The redemption whose slip it is; null: a statement. */
      redemptionId: k.text().plain(),
      askedAtMs: k.int().plain().notNull(),
      /** `printed`, or the code of what went wrong. Null: under way, or its process ended. */
      outcome: k.text().plain(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.kioskId, t.key] })],
  );

  return { printJobs };
}
