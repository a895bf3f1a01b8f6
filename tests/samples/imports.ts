import type { endpoints } from '../../shared/imports/endpoints.ts';
import { rosterSample, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'imports.read': ({ mark }) => ({
    params: { kind: 'roster' },
    query: { filename: 'roster.csv' },
    body: rosterSample(mark),
  }),
  'imports.get': ({ importId }) => ({ params: { id: importId } }),
  'imports.correct': ({ importId }) => ({ params: { id: importId }, body: { headerRow: 1 } }),
  'imports.commit': ({ importId }) => ({ params: { id: importId }, body: {} }),
  'imports.readScores': ({ scores }) => ({ query: { filename: 'scores.csv' }, body: scores.paper }),
  'imports.blankScores': () => ({ params: { format: 'csv' } }),
  'imports.getScores': ({ scores }) => ({ params: { id: scores.id } }),
  'imports.correctScores': ({ scores }) => ({ params: { id: scores.id }, body: { headerRow: 1 } }),
  'imports.commitScores': ({ scores }) => ({ params: { id: scores.id }, body: {} }),
};
