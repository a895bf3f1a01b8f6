import { maskName } from '../../shared/mask-name.ts';
import { KIN_PART } from '../../shared/staff/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { kinOf } from './kin.ts';

export async function kinFile({ reader, villageId, householdId }: FileSubject): Promise<readonly FilePart[]> {
  const names = await kinOf(reader, villageId, householdId);
  return [[KIN_PART, names.map((name) => maskName(name))]];
}
