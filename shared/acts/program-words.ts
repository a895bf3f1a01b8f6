import { maskName } from '../mask-name.ts';

/** Programs that act without a person, by the id that stands in the book. */
export const PROGRAMS = {
  command_line: { zh: '命令行', en: 'command line' },
  clock: { zh: '公示期满', en: 'end of notice' },
  objector: { zh: '异议人', en: 'objector' },
  budget: { zh: '每月额度', en: 'monthly budget' },
  reminded: { zh: '被提醒的农户', en: 'reminded household' },
} as const;

/** The id under which the server's own command line acts. */
export const COMMAND_LINE = 'command_line' satisfies keyof typeof PROGRAMS;

/** The id under which the book tells what an objector did by phone: it never says which household that is. */
export const OBJECTOR = 'objector' satisfies keyof typeof PROGRAMS;

/** The id under which the server fills the points budget of a month, and gives back what is left of it. */
export const BUDGET_CLOCK = 'budget' satisfies keyof typeof PROGRAMS;
/** The id under which the book tells what a household did by phone with a reminder: it does not say which household that is. */
export const REMINDED = 'reminded' satisfies keyof typeof PROGRAMS;

/** Masks the name of a person who acted; a program's stands as it is. */
export function maskedName(id: string, name: string | undefined): string | undefined {
  return name === undefined || Object.hasOwn(PROGRAMS, id) ? name : maskName(name);
}
