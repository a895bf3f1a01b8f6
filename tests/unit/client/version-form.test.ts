import { describe, expect, test } from 'vitest';
import {
  bodyOfVersion,
  emptyVersion,
  wrongInVersion,
} from '../../../client/desk/rules/history/version-form.ts';

const TODAY = '2027-12-03';
const decided = { decidedBy: 'representatives', decidedOn: '2027-12-01' };
const wrong = (fields: object, isChange = true) => {
  const found = wrongInVersion({ ...emptyVersion(), ...fields }, { today: TODAY, isChange });
  return Object.entries(found).flatMap(([name, is]) => (is ? [name] : []));
};

describe('the day of a version and its meeting', () => {
  test('a change says who decided it and when', () => {
    expect(wrong({})).toEqual(['decidedBy', 'decidedOn']);
    expect(wrong(decided)).toEqual([]);
    expect(wrong({ ...decided, decidedOn: '2027-12-04' })).toEqual(['decidedOn']);
    expect(wrong({ ...decided, decidedBy: 'the mayor' })).toEqual(['decidedBy']);
  });

  test('a new rule may leave it open, but says both or neither', () => {
    expect(wrong({}, false)).toEqual([]);
    expect(wrong({ decidedBy: 'panel' }, false)).toEqual(['decidedOn']);
    expect(wrong({ decidedOn: '2027-12-01' }, false)).toEqual(['decidedBy']);
  });

  test('counts from no day of the past', () => {
    expect(wrong({ ...decided, effectiveFrom: '2027-12-02' })).toEqual(['effectiveFrom']);
    expect(wrong({ ...decided, effectiveFrom: TODAY })).toEqual([]);
  });

  test('sends a day only if one was chosen', () => {
    expect(bodyOfVersion(emptyVersion())).toEqual({ decidedBy: null, decidedOn: null });
    expect(bodyOfVersion({ ...decided, effectiveFrom: '2027-12-15' })).toEqual({
      ...{ effectiveFrom: '2027-12-15', decidedBy: 'representatives', decidedOn: '2027-12-01' },
    });
  });
});
