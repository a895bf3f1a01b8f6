import type { AnswerOf } from '../../api/index.ts';

export type Volunteer = AnswerOf<'volunteers.list'>['items'][number];
