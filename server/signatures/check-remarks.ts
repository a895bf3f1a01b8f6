import { and, eq, isNull } from 'drizzle-orm';
import { badTold, type StartCheck } from '../acts/index.ts';

/** A remark may be missing where a household was erased after it was written: an erasure takes the remarks that name it. */
export const checkRemarks: StartCheck = ({ reader, villageId }) => {
  const signed = new Map<string, number>();
  let erased = 0;
  return {
    take({ act, kind, id, number }) {
      if (kind === 'signature') signed.set(id, number);
      if (act === 'households.erased') erased = number;
    },
    async finish({ isFounded }) {
      if (!isFounded) return null;
      const { signatures } = reader.t;
      const rows = await reader.db
        .select({ id: signatures.id })
        .from(signatures)
        .where(and(eq(signatures.villageId, villageId), isNull(signatures.remark)));
      const wrong = rows.find(({ id }) => erased <= (signed.get(id) ?? 0));
      if (!wrong) return null;
      const number = signed.get(wrong.id) ?? null;
      return badTold(signatures, { id: wrong.id, number, column: 'remark', check: 'erased' });
    },
  };
};
