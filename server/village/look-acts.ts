import type { ActName } from '../../shared/acts/catalogue.ts';
import { ruleActFields } from '../../shared/rules/acts.ts';
import type { LookKind } from '../../shared/village/look-kinds.ts';
import { ACT_FACT } from '../acts/index.ts';
import type { ActEntry } from '../ledger/index.ts';
import type { LookItem } from './worth-a-look.ts';

/** Acts that somebody should look at, whatever they changed. */
const ALWAYS: Readonly<Partial<Record<ActName, LookKind>>> = {
  'volunteers.looked_often': 'looked',
  'backups.restored': 'restored',
  'books.went_on': 'restored',
  'staff.created': 'account',
  'staff.changed': 'account',
  'staff.password_reset': 'account',
  'staff.confirmed': 'account',
  'staff.kin_withdrawn': 'account',
  'volunteers.created': 'account',
  'volunteers.pin_set': 'account',
  'volunteers.kin_withdrawn': 'account',
  'volunteers.confirmed': 'account',
  'village.changed': 'setting',
  'address.chosen': 'setting',
  'rules.changed': 'setting',
  'rules.withdrawn': 'setting',
  'outbox.alarmed': 'device',
  'outbox.key_confirmed': 'device',
  'outbox.written_off': 'device',
  'handovers.started': 'handover',
  'handovers.withdrawn': 'handover',
};

/** Things that were made. Until the books are open a village writes all of them down, and whoever opens them looks at it. */
const WHERE_MADE: Readonly<Partial<Record<ActName, LookKind>>> = {
  'goods.created': 'new_item',
  'rules.created': 'new_rule',
};

interface Watched {
  readonly kind: LookKind;
  readonly fields: readonly string[];
}

const PRICES: Watched = { kind: 'price', fields: ['price', 'nextPrice', 'nextPriceFrom'] };
const IDENTITY: Watched = { kind: 'identity', fields: ['number', 'head'] };

const ITEM_NAME: Watched = { kind: 'item_name', fields: ['name', 'unit'] };
const RULE: Watched = { kind: 'setting', fields: Object.keys(ruleActFields) };

/** Acts that somebody should look at where they changed one of these fields. */
const WHERE_CHANGED: Readonly<Partial<Record<ActName, readonly Watched[]>>> = {
  'volunteers.changed': [{ kind: 'account', fields: ['disabled'] }],
  'goods.changed': [PRICES, ITEM_NAME],
  'households.changed': [IDENTITY],
};

/** The same of the things that a paper changed, by the beginning of the names of their facts. */
const IN_PAPERS: readonly (readonly [begins: string, Watched])[] = [
  ['thing.household.', IDENTITY],
  ['thing.goods.', PRICES],
  ['thing.goods.', ITEM_NAME],
  ['thing.rule.', RULE],
];

const MADE_IN_PAPERS: readonly (readonly [begins: string, kind: LookKind])[] = [
  ['thing.goods.', 'new_item'],
  ['thing.rule.', 'new_rule'],
];

/** An act that somebody should look at. */
export interface LookedAct extends LookItem {
  readonly entry: ActEntry;
}

/** Finds what somebody should look at in acts. Things that were made before the opening are left out. */
export function actsToLookAt(acts: readonly ActEntry[], openedAtMs: number | null): LookedAct[] {
  const isAfterwards = ({ bookedAtMs }: ActEntry) => openedAtMs !== null && bookedAtMs >= openedAtMs;
  return acts.flatMap((entry) =>
    [...kindsOf(entry), ...(isAfterwards(entry) ? madeIn(entry) : [])].map(({ kind, count }) =>
      lookedAct(entry, kind, count),
    ),
  );
}

/** An act as a line of the list. */
export function lookedAct(entry: ActEntry, kind: LookKind, count: number): LookedAct {
  const { number, bookedAtMs, actorId } = entry;
  return {
    ...{ entry, kind, atMs: bookedAtMs, number, count, points: 0, usual: null, seconds: null },
    ...{ title: '', actorId, householdId: null, goodsId: null },
  };
}

interface Found {
  readonly kind: LookKind;
  readonly count: number;
}

function kindsOf({ facts }: ActEntry): Found[] {
  const name = (facts.get(ACT_FACT) ?? '') as ActName;
  const always = ALWAYS[name];
  if (always === 'looked') return [{ kind: always, count: Number(facts.get('is.times') ?? 0) }];
  if (always !== undefined) return [{ kind: always, count: 1 }];
  const where = WHERE_CHANGED[name];
  if (where !== undefined)
    return where.flatMap((watched) => (hasChanged(watched, facts) ? [{ kind: watched.kind, count: 1 }] : []));
  return name === 'imports.changed'
    ? IN_PAPERS.flatMap(([begins, watched]) => inPaper(facts, begins, watched))
    : [];
}

function madeIn({ facts }: ActEntry): Found[] {
  const name = (facts.get(ACT_FACT) ?? '') as ActName;
  const made = WHERE_MADE[name];
  if (made !== undefined) return [{ kind: made, count: 1 }];
  if (name !== 'imports.added') return [];
  return MADE_IN_PAPERS.flatMap(([begins, kind]) => {
    const count = [...facts.keys()].filter((fact) => fact.startsWith(begins)).length;
    return count === 0 ? [] : [{ kind, count }];
  });
}

/** A value that was erased with its household may have changed. */
function hasChanged({ fields }: Watched, facts: ActEntry['facts']): boolean {
  return fields.some((field) => facts.has(`was.${field}`) || facts.has(`is.${field}`));
}

function inPaper(facts: ActEntry['facts'], begins: string, { kind, fields }: Watched): Found[] {
  const count = [...facts].filter(([name, value]) => {
    if (!name.startsWith(begins)) return false;
    const { was = {} } = JSON.parse(value ?? '{}') as { was?: Record<string, unknown> };
    return fields.some((field) => Object.hasOwn(was, field));
  }).length;
  return count === 0 ? [] : [{ kind, count }];
}
