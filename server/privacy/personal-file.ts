import type { Reader } from '../../db/index.ts';
import { maskedName } from '../../shared/acts/program-words.ts';
import type { Download } from '../../shared/operation.ts';
import { PERSONAL_FILE } from '../../shared/privacy/personal-file-words.ts';
import type { FilePart, FileSubject, Module } from '../define-module.ts';
import type { NamesThen } from '../acts/index.ts';
import { householdRow } from '../households/index.ts';
import type { VillageContext } from '../http/index.ts';

export interface FileOrder {
  readonly village: VillageContext;
  readonly householdId: string;
  readonly nowMs: number;
  readonly today: string;
  readonly namesThen: NamesThen;
  /** Returns each module's data about a household. */
  readonly parts: readonly PersonalFile[];
}

export type PersonalFile = NonNullable<Module<never, unknown>['personalFile']>;

/**
 * Writes everything that is kept about one household into one file that people can read. Its parts follow the data
 * classes of the columns in db/tables. It holds nothing that opens an account and nothing about another household.
 * Staff appear as on the passbook.
 */
export async function exportHousehold(reader: Reader, order: FileOrder): Promise<Download> {
  const { village, householdId, today } = order;
  const { timeZone } = village.settings;
  const { number, head } = await householdRow(reader, village.id, householdId);
  const nameThen = await order.namesThen(reader, village.id);
  const subject: FileSubject = {
    reader,
    villageId: village.id,
    householdId,
    timeZone,
    moment: momentIn(timeZone),
    nameOf: (id, number = Infinity) => (id === null ? null : (maskedName(id, nameThen(id, number)) ?? null)),
  };
  return {
    filename: `${village.name}-${PERSONAL_FILE.name}-${number}-${today}.json`,
    mediaType: 'application/json; charset=utf-8',
    content: asJson(partsOf(subject, order, `${number} ${head}`)),
  };
}

async function* partsOf(
  subject: FileSubject,
  { village, nowMs, parts }: FileOrder,
  name: string,
): AsyncGenerator<readonly [string, unknown]> {
  yield [PERSONAL_FILE.whatTitle, PERSONAL_FILE.what(name, village.name)];
  yield [PERSONAL_FILE.whatTitleInEnglish, PERSONAL_FILE.whatInEnglish];
  yield [PERSONAL_FILE.leftOutTitle, PERSONAL_FILE.leftOut];
  yield [PERSONAL_FILE.village, village.name];
  yield [PERSONAL_FILE.exported, subject.moment(nowMs)];
  for (const part of parts) yield* await part(subject);
}

async function* asJson(parts: AsyncIterable<readonly [string, unknown]>): AsyncGenerator<string> {
  let before = '{\n';
  for await (const [title, content] of parts) {
    yield `${before}  ${JSON.stringify(title)}: `;
    if (isOneByOne(content)) yield* asArray(content);
    else yield indented(content, '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

async function* asArray(items: AsyncIterable<object>): AsyncGenerator<string> {
  yield '[';
  let between = '\n';
  for await (const item of items) {
    yield `${between}    ${indented(item, '    ')}`;
    between = ',\n';
  }
  yield '\n  ]';
}

function isOneByOne(content: unknown): content is Extract<FilePart[1], AsyncIterable<object>> {
  return typeof content === 'object' && content !== null && Symbol.asyncIterator in content;
}

function indented(content: unknown, indent: string): string {
  return JSON.stringify(content, null, 2).replaceAll('\n', `\n${indent}`);
}

/** Formats a moment in the village's time zone, such as 2026-03-02 09:30:05. */
function momentIn(timeZone: string): FileSubject['moment'] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (atMs) => (atMs === null ? null : format.format(atMs));
}
