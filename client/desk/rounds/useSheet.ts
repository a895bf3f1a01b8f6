import { computed, reactive, ref, watch } from 'vue';
import type { AnswerOf } from '../../api/index.ts';
import { tableOf } from '../../device/device-table.ts';
import { keepDraft } from '../../device/kept-draft.ts';
import type { Desk } from '../desk.ts';
import { useDeskIntent } from '../intents/useDeskIntent.ts';
import { type Cells, cellsOf, emptyCells, isWrong, marksIn } from './sheet-cells.ts';

type Round = AnswerOf<'rounds.get'>;
type Judge = Round['judges'][number];

/** The marks as they are typed. They stay on this device until they are handed in, whatever the network does. */
interface Draft {
  /** How often the sheet had been handed in when this was begun. */
  version: number;
  cells: Cells[];
}

const DRAFT_VERSION = 1;

type PlaceState = 'kin' | 'skipped' | 'whole' | 'wrong' | 'part' | 'empty';

interface SheetParts {
  readonly desk: Desk;
  readonly round: Round;
  readonly judge: Judge;
  readonly words: () => string;
  readonly booked: () => void | Promise<void>;
  readonly outdated: () => void;
}

/** The sheet of one judge while it is filled in, on a phone or from a paper: its draft, its gaps, and its way to the server. */
export function useSheet({ desk, round, judge, words, booked, outdated }: SheetParts) {
  const { items, households } = round;
  const person = `${desk.session?.village.id ?? ''}.${desk.session?.staff.id ?? ''}`;
  const name = `round.${person}.${round.id}.${judge.id}`;
  const store = keepDraft<Draft>(tableOf(desk.device, 'drafts'), name, DRAFT_VERSION);
  const kin = new Set(judge.kin);
  const draft = reactive<Draft>({ version: judge.version, cells: handedIn() });
  const isReady = ref(false);
  const wasKept = ref(false);
  const intent = useDeskIntent<'rounds.handIn'>({
    kind: 'rounds.handIn',
    about: `${round.id} ${judge.id}`,
    words,
    outdated,
    async booked() {
      isReady.value = false;
      await store.clear();
      await booked();
    },
  });

  /** The cells as the server has them. */
  function handedIn(): Cells[] {
    return households.map((_, place) =>
      judge.marks === null ? emptyCells(items.length) : cellsOf(judge.marks[place] ?? null, items.length),
    );
  }

  const opened = store.load().then((kept) => {
    const isOfThis = kept?.version === judge.version && kept.cells.length === households.length;
    if (kept && isOfThis) {
      draft.cells = kept.cells;
      wasKept.value = true;
    }
    isReady.value = true;
  });
  watch(draft, (now) => {
    if (isReady.value) store.save(now);
  });

  function stateOf(place: number): PlaceState {
    const cells = draft.cells[place];
    if (kin.has(place)) return 'kin';
    if (!cells || cells.isSkipped) return 'skipped';
    if (items.some((item, index) => isWrong(cells.marks[index] ?? '', item))) return 'wrong';
    if (marksIn(cells, items) !== undefined) return 'whole';
    return cells.marks.some((text) => text.trim() !== '') ? 'part' : 'empty';
  }

  const states = computed(() => households.map((_, place) => stateOf(place)));
  const isDone = (state: PlaceState) => state === 'kin' || state === 'skipped' || state === 'whole';
  /** The first household that is not done; −1 where all are. */
  const firstOpen = computed(() => states.value.findIndex((state) => !isDone(state)));
  const done = computed(() => states.value.filter(isDone).length);

  /** Hands in the sheet if nothing is missing. */
  async function send(): Promise<boolean> {
    if (firstOpen.value >= 0) return false;
    const marks = draft.cells.map((cells, place) => {
      const own = kin.has(place) ? null : (marksIn(cells, items) ?? null);
      return own === null ? null : [...own];
    });
    const body = { judgeId: judge.id, marks, versionSeen: judge.version };
    return (await intent.send('rounds.handIn', { params: { id: round.id }, body })) !== null;
  }

  return { draft, isReady, opened, wasKept, states, firstOpen, done, kin, intent, send };
}
