/** PINs of households, for the tests: typed at the desk, or taken out of a run. */
import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { drawPin } from '../../shared/pin.ts';
import type { Caller, TestServer } from './served.ts';

/** The household types a PIN at the desk. Answers it, for no answer of the server's does. */
export async function typePin(
  server: Pick<TestServer, 'must' | 'admin'>,
  id: string,
  as: Caller = server.admin,
  pin = drawPin((below) => randomInt(below)),
): Promise<string> {
  await server.must('households.resetPin', { as, params: { id }, body: { pin } });
  return pin;
}

/** Makes a household's PIN as old as the village: it is no new one, for which a second volunteer is asked. */
export async function agePin({ store }: Pick<TestServer, 'store'>, id: string): Promise<void> {
  await store.transaction(({ db, t: { households } }) =>
    db
      .update(households)
      .set({ pinSetAtMs: null })
      .where(eq(households.id, id))
      .returning({ id: households.id }),
  );
}

/** Takes out the PINs that this person made in a run: by household. Nobody can take them out again. */
export async function takePins(
  server: Pick<TestServer, 'must'>,
  as: Caller,
  householdIds: readonly string[],
): Promise<Map<string, string>> {
  const body = { householdIds: [...householdIds] };
  const { items } = await server.must('households.takePinSlips', { as, body });
  return new Map(items.map(({ householdId, pin }) => [householdId, pin]));
}
