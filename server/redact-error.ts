/** A failure as the log keeps it: what happened and where, without the values involved. */
export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly cause?: Fault;
}

/**
 * Messages of a database, a parser and Node repeat the values they were given, names and numbers included. Only the
 * query, the code and the place are kept of them.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { name, stack = '' } = error;
  const cause = error.cause === undefined ? undefined : faultOf(error.cause);
  // Both come from the driver's error if the query builder has wrapped it. The log shows one code.
  const { code = cause?.code, constraint = cause?.constraint } = error as {
    code?: unknown;
    constraint?: unknown;
  };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const message = saidBy(error);
  return {
    type: name,
    message,
    stack: [`${name}: ${message}`, ...frames].join('\n'),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** The same as text, for standard error. */
export function faultText(error: unknown): string {
  const stacks: string[] = [];
  for (let fault: Fault | undefined = faultOf(error); fault; fault = fault.cause)
    stacks.push(fault.stack || fault.type);
  return `${stacks.join('\nCaused by: ')}\n`;
}

function saidBy(error: Error): string {
  const { query, code, issues } = error as { query?: unknown; code?: unknown; issues?: unknown };
  if (typeof query === 'string') return `a query failed: ${query}`;
  // PostgreSQL's class 22 quotes the value that does not fit.
  if (typeof code === 'string' && /^22...$/.test(code)) return 'unfit data';
  if (error instanceof SyntaxError) return 'unreadable text';
  // The list of faults that a schema found names keys, which may be anybody's names.
  if (Array.isArray(issues)) return `does not fit the schema in ${issues.length} places`;
  return REPEATS.reduce((said, [what, instead]) => said.replace(what, instead), error.message);
}

/** Phrases in which V8 and Node repeat a value. */
const REPEATS: readonly (readonly [RegExp, string])[] = [
  [/ Received [\s\S]*$/, ''],
  [/(on|of) (string|number|bigint|boolean|symbol) '[\s\S]*'/, '$1 a $2'],
  [/' operator to search for [\s\S]*$/, "' operator"],
  [/(incompatible receiver) [\s\S]*$/, '$1'],
  [/(Cannot convert) [\s\S]* (to an? \w+)$/, '$1 a value $2'],
  [
    /(Invalid time zone specified|Incorrect locale information provided|Invalid language tag|Invalid \w+ value)[\s\S]*$/,
    '$1',
  ],
  [/^(Iterator value|Value) [\s\S]* (is not|out of range)/, '$1 $2'],
  [/(Object prototype may only be an Object or null): [\s\S]*$/, '$1'],
  [/(Invalid character in header content)[\s\S]*$/, '$1'],
];
