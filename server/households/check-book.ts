import type { RowOf } from '../../db/index.ts';
import { ERASED_HEAD } from '../../shared/households/column-words.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { keptOriginalKey } from '../../shared/households/original-number.ts';
import {
  ERASED,
  firstWrong,
  type StartCheck,
  type Told,
  type ToldAct,
  type ToldColumn,
  ToldThings,
} from '../acts/index.ts';
import { headPinyin } from './pinyin.ts';

/** A household as the acts of the book leave it. */
interface ToldHousehold extends Told {
  isClosed: boolean;
  hasPin: boolean;
  successor: unknown;
  isErased: boolean;
}

/** Compares numbers, heads and all that is written down of households with the acts that made them. */
export const checkHouseholds: StartCheck = (at) => {
  const told = new ToldThings<ToldHousehold>((thing) => ({
    ...{ ...thing, isClosed: false, hasPin: false, successor: undefined, isErased: false },
  }));
  return {
    take(act) {
      if (act.kind === 'household') hear(told.hear(act), act);
    },
    finish: ({ isWhole }) =>
      told.compare(at, 'households', isWhole, (row, household) => {
        const { households } = at.reader.t;
        const columns = { group: 'groupName' };
        const { number, originalNumber, groupName: group, head, size, phone, note, showsName } = row;
        const written = { number, originalNumber, group, head, size, phone, note, showsName };
        return (
          household.fields.compare(households, row.id, written, { columns }) ??
          firstWrong(households, { id: row.id, check: 'told' }, [
            ...standingOf(row, household),
            ...searchedOf(row),
            ...(household.isErased ? erasedOf(row) : []),
          ])
        );
      }),
  };
};

function hear(household: ToldHousehold, { act, is }: ToldAct): void {
  switch (act) {
    case 'households.pin_set':
    case 'households.pin_changed':
      household.hasPin = true;
      break;
    case 'households.closed':
      Object.assign(household, { isClosed: true, hasPin: false, successor: is.get('successor') });
      break;
    case 'households.reopened':
      Object.assign(household, { isClosed: false, successor: undefined });
      break;
    case 'households.erased':
      household.isErased = true;
  }
}

function standingOf(row: RowOf<'households'>, household: ToldHousehold): ToldColumn[] {
  const { isClosed, hasPin, successor, isErased } = household;
  return [
    ['state', isClosed ? 'closed' : 'active', row.state],
    ['closedAtMs', isClosed, row.closedAtMs !== null],
    ['pinHash', hasPin, row.pinHash !== null],
    ['erasedAtMs', isErased, row.erasedAtMs !== null],
    ...(successor === ERASED ? [] : [['successorId', isErased ? null : successor, row.successorId] as const]),
  ];
}

/** The columns that follow from others. */
function searchedOf({ number, numberKey, originalNumber, originalKey, head, ...row }: RowOf<'households'>) {
  return [
    ['numberKey', householdNumberKey(number), numberKey],
    ['originalKey', keptOriginalKey(number, originalNumber), originalKey],
    ['headPinyin', row.erasedAtMs === null ? headPinyin(head) : '', row.headPinyin],
  ] as const;
}

/** Nothing was written about it since it was erased. */
function erasedOf(row: RowOf<'households'>): ToldColumn[] {
  return [
    ['head', ERASED_HEAD, row.head],
    ['groupName', '', row.groupName],
    ['originalNumber', null, row.originalNumber],
    ['size', null, row.size],
    ['phone', null, row.phone],
    ['note', '', row.note],
    ['showsName', null, row.showsName],
  ];
}
