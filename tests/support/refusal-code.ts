import { Refusal } from '../../shared/errors.ts';

/** The code of the refusal that a decision throws; `decided` when it throws none. */
export function refusalCode(decide: () => unknown): string {
  try {
    decide();
    return 'decided';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
