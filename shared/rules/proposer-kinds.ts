import type { Role } from '../roles.ts';

/** The short signs with which rule books say who reports a deed: "评/组". */
export const PROPOSER_SIGNS = {
  评: 'panel',
  组: 'group',
  委: 'committee',
  户: 'self',
  邻: 'neighbour',
  系: 'system',
} as const;

export type ProposerKind = (typeof PROPOSER_SIGNS)[keyof typeof PROPOSER_SIGNS];

/** The same in words, as people write them. Other bodies of a village (红白理事会) have no place in the program. */
const WORDS: Readonly<Record<ProposerKind, RegExp>> = {
  panel: /^(?:评议(?:员|组|小组|会)|评委|panel(?: members?)?|judges?)$/i,
  group: /^(?:村民)?(?:小组长|组长|小组|group leaders?)$/i,
  committee: /^(?:村委(?:会)?|村“?两委”?|(?:village )?committee)$/i,
  self: /^(?:农户|本人|本户|自家|户主|农户自己|自己|自报|(?:the )?household|self)$/i,
  neighbour: /^(?:邻居|邻里|受助[人户]|neighbou?rs?)$/i,
  system: /^(?:系统|system)$/i,
};

const NAMES: Readonly<Record<ProposerKind, string>> = {
  panel: '评议组',
  group: '组长',
  committee: '村委',
  self: '农户自己',
  neighbour: '邻居',
  system: '系统',
};

/** Those who report in full words, for a refusal: 评/组 is 评议组或组长. */
export function namedInFull(written: string): string {
  return namedProposers(written)
    .map(({ words, kind }) => (kind === null ? words : NAMES[kind]))
    .join('或');
}

/** One who reports, as a rule names them: of a kind that the program knows, or in words that only people understand. */
export interface NamedProposer {
  readonly words: string;
  readonly kind: ProposerKind | null;
}

/** Those who report deeds under a rule; none where the rule names nobody. */
export function namedProposers(written: string): NamedProposer[] {
  return written
    .normalize('NFKC')
    .split(/[/→、,，;；]|->/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^[—–-]+$/.test(part))
    .map((words) => ({ words, kind: kindOf(words) }));
}

/** The kinds of those who report under a rule, as far as the program knows them. */
export function proposerKinds(written: string): ProposerKind[] {
  return namedProposers(written).flatMap(({ kind }) => kind ?? []);
}

/** The reports that a household may hand in by phone: of its own deed, and of one by which another household helped it. */
export const REPORTED_AS = { own: 'self', helped: 'neighbour' } as const satisfies Record<
  string,
  ProposerKind
>;

function kindOf(words: string): ProposerKind | null {
  if (Object.hasOwn(PROPOSER_SIGNS, words)) return PROPOSER_SIGNS[words as keyof typeof PROPOSER_SIGNS];
  return (Object.keys(WORDS) as ProposerKind[]).find((kind) => WORDS[kind].test(words)) ?? null;
}

/**
 * The kinds for whom somebody of a role may report. The office writes down what comes to it on paper and by word of mouth, so
 * that nobody needs a phone; a group leader and a judge speak for themselves alone.
 */
const KINDS_OF_ROLES: Readonly<Partial<Record<Role, readonly ProposerKind[]>>> = {
  admin: ['panel', 'group', 'committee', 'self', 'neighbour', 'system'],
  committee: ['panel', 'group', 'committee', 'self', 'neighbour', 'system'],
  group_leader: ['group'],
  judge: ['panel'],
};

interface Reporter {
  readonly roles: readonly Role[];
  /** The deed is one of the reporter's own household, or of a declared relative's: only a household that may report itself does so. */
  readonly isOwn: boolean;
}

/**
 * Whether somebody may propose under a rule that says who reports. Words that the program does not know settle nothing: a
 * person reads them, and nobody is refused for them.
 */
export function mayReport(written: string, { roles, isOwn }: Reporter): boolean {
  const named = namedProposers(written);
  if (named.length === 0 || named.some(({ kind }) => kind === null)) return true;
  const own: readonly ProposerKind[] = roles.flatMap((role) => KINDS_OF_ROLES[role] ?? []);
  const allowed: readonly ProposerKind[] = isOwn ? ['self'] : own;
  return named.some(({ kind }) => kind !== null && own.includes(kind) && allowed.includes(kind));
}
