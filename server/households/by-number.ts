import { and, eq, gte, lte, or, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Tables } from '../../db/tables/index.ts';
import type { SoughtNumber } from '../../shared/households/original-number.ts';

/** Condition on households that a typed number may mean; `meantBy` chooses among them. */
export function mayBeMeant(
  households: Tables['households'],
  { numberKey, from, to }: SoughtNumber | Readonly<Record<keyof SoughtNumber, SQLWrapper>>,
): SQL | undefined {
  return or(
    eq(households.numberKey, numberKey),
    and(gte(households.originalKey, from), lte(households.originalKey, to)),
  );
}

/** The columns by which `meantBy` chooses. */
export function numberColumns({ number, numberKey, originalNumber, originalKey }: Tables['households']) {
  return { number, numberKey, originalNumber, originalKey };
}
