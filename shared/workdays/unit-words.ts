/** Words by which villages name an hour as the unit of a rule. */
const HOUR_WORDS: ReadonlySet<string> = new Set(['小时', '个小时', '工时', '钟头', '时', 'h', 'hour']);

/** Whether a rule counts by the hour. */
export function isHour(unit: string | null): boolean {
  return HOUR_WORDS.has((unit ?? '').normalize('NFKC').trim().toLowerCase());
}
