import { addDays } from '../../shared/business-day.ts';
import { APPEAL_DAYS, OPEN_BY_PHONE_MOST } from '../../shared/objections/states.ts';
import { chosen, mayAs, type ModelDeed, type ModelNotice, type ModelTime } from './model-deeds.ts';
import { KIN_OF, type OBJECTION_ACTS, type Person } from './notice-commands.ts';

export type ObjectionStepAct = Exclude<(typeof OBJECTION_ACTS)[number], 'object'>;

interface ModelObjection {
  readonly deed: ModelDeed;
  /** The household that objects. */
  readonly household: number;
  readonly day: string;
  readonly at: number;
  state: 'open' | 'answered' | 'appealed' | 'settled' | 'withdrawn';
  outcome: 'upheld' | 'rejected' | null;
  answeredOn: string;
  readonly answeredBy: Set<Person>;
}

const FROM = {
  uphold: 'open',
  reject: 'open',
  retract: 'open',
  appeal: 'answered',
  stand: 'appealed',
  sendBack: 'appealed',
} as const;
const TO = {
  uphold: 'answered',
  reject: 'answered',
  retract: 'withdrawn',
  appeal: 'appealed',
  stand: 'settled',
  sendBack: 'open',
} as const;

/** A model of docs/objections.md: who may answer, and how long a deed is held. */
export class ObjectionModel {
  readonly all: ModelObjection[] = [];
  private readonly deeds: readonly ModelDeed[];
  private readonly notices: readonly ModelNotice[];

  constructor(deeds: readonly ModelDeed[], notices: readonly ModelNotice[]) {
    this.deeds = deeds;
    this.notices = notices;
  }

  /** The deed that somebody objects to. */
  objectionable(which: number): ModelDeed | undefined {
    return chosen(this.deeds, ({ state }) => ['on_notice', 'contested', 'posted'].includes(state), which);
  }

  /** The objection meant. */
  meant(act: ObjectionStepAct, which: number): ModelObjection | undefined {
    return chosen(this.all, ({ state }) => state === FROM[act], which);
  }

  /** A household objects by phone. */
  object(household: number, deed: ModelDeed | undefined, { today, moment }: ModelTime): boolean {
    if (!deed) return false;
    const isOnNotice = deed.state === 'on_notice' || deed.state === 'contested';
    const notice = deed.notice === null ? undefined : this.notices[deed.notice];
    const isShown = isOnNotice && notice !== undefined && notice.upOn !== null && !notice.ended;
    if (household === deed.household ? !isOnNotice && deed.state !== 'posted' : !isShown) return false;
    const own = this.all.filter((one) => one.household === household);
    const holds = ({ state }: ModelObjection) => state === 'open' || state === 'appealed';
    if (own.some((one) => one.deed === deed && (holds(one) || one.at >= deed.decidedAt))) return false;
    if (own.filter((one) => holds(one) || one.day === today).length >= OPEN_BY_PHONE_MOST) return false;
    this.all.push({
      ...{ deed, household, day: today, at: moment, state: 'open', outcome: null, answeredOn: '' },
      answeredBy: new Set(),
    });
    hold(deed);
    return true;
  }

  step(act: ObjectionStepAct, by: Person, which: number, { today }: ModelTime): boolean {
    const objection = this.meant(act, which);
    if (objection?.state !== FROM[act]) return false;
    const { deed, household } = objection;
    if (act === 'appeal') {
      if (objection.outcome === 'upheld' || today > addDays(objection.answeredOn, APPEAL_DAYS)) return false;
      hold(deed);
    } else if (act !== 'retract') {
      const isKin = by === 'kin' && (deed.household === KIN_OF || household === KIN_OF);
      if (deed.hadPart.has(by) || isKin) return false;
      const isJudging = act === 'stand' || act === 'sendBack';
      if (!mayAs(by, isJudging ? 'supervisor' : 'approver') || objection.answeredBy.has(by)) return false;
    }
    objection.state = TO[act];
    if (act === 'uphold' || act === 'reject') {
      objection.outcome = act === 'uphold' ? 'upheld' : 'rejected';
      objection.answeredOn = today;
      objection.answeredBy.add(by);
    }
    if (act !== 'appeal' && act !== 'sendBack') release(deed, act === 'uphold');
    return true;
  }
}

function hold(deed: ModelDeed): void {
  if (deed.state === 'posted') return;
  deed.openObjections += 1;
  if (deed.state === 'on_notice') deed.state = 'contested';
}

function release(deed: ModelDeed, isRight: boolean): void {
  if (deed.state === 'posted') return;
  deed.openObjections -= 1;
  if (deed.state !== 'contested') return;
  if (isRight) {
    deed.state = 'returned';
    deed.notice = null;
  } else if (deed.openObjections === 0) deed.state = 'on_notice';
}
