import type { Reader } from '../../db/index.ts';
import type { Handover } from '../../shared/handovers/contract.ts';
import type { FrozenHandover, Pack } from '../../shared/handovers/pack.ts';
import { SIDES } from '../../shared/handovers/states.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import { digitsOf, type LedgerKinds } from '../ledger/index.ts';
import { findDocument } from '../documents/index.ts';
import { type HandoverNow, reasonIn, sideOf, stateOf, wasLate } from './state.ts';

interface Viewer {
  readonly village: VillageContext;
  readonly actor: { readonly id: string };
  readonly today: string;
}

/** Puts hand-overs into the form of the contract, as this person sees them today. */
export async function shownHandovers(
  reader: Reader,
  { village, actor, today }: Viewer,
  all: readonly HandoverNow[],
): Promise<Handover[]> {
  if (all.length === 0) return [];
  const nameThen = await bookerNamesThen(reader, village.id);
  const headOf = ({ started }: HandoverNow) => started.number - 1;
  const digits = await digitsOf(reader, village.id, all.map(headOf));
  return all.map((one) => {
    const { id, from, to, changedOn, dueOn, hash, started, signed, withdrawn } = one;
    const nameOf = (person: string) => nameThen(person, started.number) ?? '';
    const side = sideOf(one, actor.id);
    const state = stateOf(one);
    const head = headOf(one);
    return {
      ...{ id, state, changedOn, dueOn, hash },
      from: { id: from, name: nameOf(from) },
      to: { id: to, name: nameOf(to) },
      isOverdue: state !== 'withdrawn' && today > dueOn && wasLate(one, village.settings.timeZone),
      ...{ startedBy: nameOf(started.actorId), startedAtMs: started.bookedAtMs },
      head: { number: head, digits: digits.get(head) ?? '' },
      signatures: SIDES.flatMap((which) => {
        const signature = signed[which];
        if (!signature) return [];
        const { signedBy, signedAtMs, remark } = signature;
        return { side: which, by: nameOf(signedBy), atMs: signedAtMs, remark: remark ?? '' };
      }),
      withdrawn: withdrawn && {
        ...{ by: nameThen(withdrawn.actorId, withdrawn.number) ?? '', atMs: withdrawn.bookedAtMs },
        reason: reasonIn(withdrawn),
      },
      waitsForMe: state === 'open' && side !== null && !signed[side],
    };
  });
}

/** Reads what is handed over, with the names that people had then. */
export async function shownPack(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  id: string,
): Promise<Pack> {
  const { body } = await findDocument(reader, villageId, { kind: 'handover', id });
  const { staff, volunteers, head, ...frozen } = JSON.parse(body) as FrozenHandover;
  const nameThen = await bookerNamesThen(reader, villageId);
  const named = <Person extends { readonly id: string }>(person: Person) => ({
    ...person,
    name: nameThen(person.id, head.number + 1) ?? '',
  });
  const { households, goods, stockCostFen, money, open, cards, pins, kiosks, sinceMs } = frozen;
  return {
    ...{ households, goods, stockCostFen, open, cards, pins, kiosks, sinceMs },
    money: shownMoney(kinds, money),
    ...{ staff: staff.map(named), volunteers: volunteers.map(named) },
  };
}

/** Money came from somewhere, some of it went with goods, and the rest is on the shelf. */
const SECTIONS = ['equity', 'expenses', 'assets'] as const;

function shownMoney({ accounts }: LedgerKinds, money: FrozenHandover['money']): Pack['money'] {
  const shown = money.map(({ kind, fen }) => {
    const { label = { zh: kind, en: kind }, section = 'assets' } = accounts[kind] ?? {};
    return { kind, label, fen: section === 'equity' ? 0 - fen : fen, place: SECTIONS.indexOf(section) };
  });
  return shown.sort((one, other) => one.place - other.place).map(({ place: _place, ...sum }) => sum);
}
