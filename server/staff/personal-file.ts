import { maskName } from '../../shared/mask-name.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { kinOf } from './kin.ts';

export async function kinFile({ reader, villageId, householdId }: FileSubject): Promise<readonly FilePart[]> {
  const names = await kinOf(reader, villageId, householdId);
  return [['申报为本户家人或亲属的工作人员', names.map((name) => maskName(name))]];
}
