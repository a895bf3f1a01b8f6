import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue';
import { EVIDENCE_MOST } from '../../../shared/pictures/limits.ts';
import { type DeedWords, NO_WORDS } from '../../../shared/rules/caps.ts';
import type { Rule } from '../../../shared/rules/contract.ts';
import type { Failure } from '../../api/index.ts';
import { tableOf } from '../../device/device-table.ts';
import { useLoad } from '../../ui/useLoad.ts';
import type { Desk } from '../desk.ts';
import { useDeskIntent } from '../intents/useDeskIntent.ts';
import { openPhotoShelf } from '../pictures/photo-store.ts';
import { usePhotos } from '../pictures/usePhotos.ts';
import { draftStore, emptyDraft, figureSent, optionChosen, pointsEach, type Draft } from './award-draft.ts';
import { type SaidWords, wordsFor, wordsMissing } from './deed-words.ts';

/** An award that was sent, as it is shown while nobody knows whether it arrived. */
export interface AwardShown extends SaidWords {
  readonly rule: string;
  /** All households together; hundredths. */
  readonly points: number;
  readonly households: number;
  /** Named where it was one alone. */
  readonly name: string | null;
  readonly note: string;
}

const NOTHING_SHOWN: AwardShown = {
  ...{ rule: '', points: 0, households: 0, name: null, note: '', option: null },
  ...NO_WORDS,
};

/** An award that an older version of this screen sent has no words. */
type KeptShown = Omit<AwardShown, keyof DeedWords> & Partial<DeedWords>;

export interface Sent extends SaidWords {
  readonly ids: readonly string[];
  readonly points: number;
  /** Named where it was one alone. */
  readonly name: string | null;
  /** Found to have arrived after its answer had been lost. */
  readonly wasLost: boolean;
}

interface SendOptions {
  readonly withoutPhotos?: boolean;
  /** Asked once the photos are sent. */
  readonly isWanted?: () => boolean;
}

/** One deed as it is written down: its draft, what it would move, and its way to the server. */
export function useAward(desk: Desk, today: Readonly<Ref<string>>, words: (shown: AwardShown) => string) {
  const store = draftStore(
    desk.session?.village.id ?? '',
    desk.session?.staff.id ?? '',
    tableOf(desk.device, 'drafts'),
  );
  const draft = reactive(emptyDraft(today.value));
  const wasKept = ref(false);
  const wasChecked = ref(false);
  const sent = shallowRef<Sent | null>(null);
  const photos = usePhotos({
    ...{ api: desk.api, purpose: 'evidence', most: EVIDENCE_MOST },
    shelf: openPhotoShelf(tableOf(desk.device, 'photos')),
  });
  const book = useLoad((signal) => desk.api.call('rules.list', { signal }));
  const habits = useLoad((signal) => desk.api.call('proposals.habits', { signal }));
  const shown = reactive<AwardShown>({ ...NOTHING_SHOWN });
  const intent = useDeskIntent<'proposals.create'>({
    kind: 'award',
    words: () => words(shown),
    form: shown,
    draftKey: () => draft.key,
    outdated: () => void (draft.key = intent.key),
    async booked({ ids }, { form }, wasLost) {
      const { points: all, name, option = null, member = null, event = null } = form as KeptShown;
      sent.value = { ids, points: all, name, option, member, event, wasLost };
      photos.clear();
      await store.clear();
    },
  });

  const rule = computed(
    () => book.data.value?.items.find(({ id, enabled }) => id === draft.ruleId && enabled) ?? null,
  );
  const points = computed(() => (rule.value === null ? null : pointsEach(rule.value, draft.figure)));
  const isComplete = computed(() => points.value !== null && isWhole(rule.value, draft, today.value));
  /** The commonest case needs no second look: one household, something good. It is taken back as easily. */
  const isDirect = computed(() => draft.households.length === 1 && (points.value ?? 0) > 0);

  const isReady = ref(false);
  const opened = Promise.all([store.load(), intent.opened()]).then(async ([kept]) => {
    Object.assign(draft, kept);
    draft.key ??= intent.key;
    wasKept.value = draft.ruleId !== null || draft.households.length > 0;
    const restoring = photos.restore(draft.photos);
    isReady.value = true;
    await restoring;
  });
  watch(draft, (now) => {
    if (isReady.value && sent.value === null) store.save(now);
  });
  watch(
    () => photos.kept,
    (now) => {
      if (isReady.value) draft.photos = now;
    },
  );

  // A page that stands open over midnight begins with the new day; what was begun before keeps its own.
  watch(today, (now, before) => {
    if (draft.effectiveOn === before && draft.households.length === 0) draft.effectiveOn = now;
  });

  function choose(chosen: Rule): void {
    draft.ruleId = chosen.id;
    Object.assign(draft, { figure: '', member: '', event: '' });
  }

  /**
   * Sends what is complete; true when it arrived. Photos that cannot be sent hold it up until one says otherwise.
   * Nothing is sent that was changed or given up while the photos were on their way.
   */
  async function send({ withoutPhotos = false, isWanted = () => true }: SendOptions = {}): Promise<boolean> {
    const pressed = withoutItsPhotos(draft);
    intent.reset();
    if (!withoutPhotos && !(await photos.sendAll())) return false;
    if (!isWanted() || withoutItsPhotos(draft) !== pressed) return false;
    if (rule.value === null || points.value === null) return false;
    Object.assign(shown, shownOf(rule.value, points.value, draft));
    const body = { ...bodyOf(rule.value, points.value, draft), pictureIds: photos.ids() };
    const isSent = (await intent.send('proposals.create', { body })) !== null;
    if (asksForWord(intent.failure)) void book.reload();
    return isSent;
  }

  async function startAfresh(keep: { ruleId?: string | null } = {}): Promise<void> {
    await intent.beginAnew();
    photos.clear();
    await store.clear();
    Object.assign(draft, emptyDraft(today.value), { key: intent.key, ruleId: keep.ruleId ?? null });
    sent.value = null;
    wasKept.value = false;
    wasChecked.value = false;
    void habits.reload();
  }

  return {
    ...{ draft, isReady, opened, wasKept, wasChecked, sent, photos, book, habits, rule, points },
    ...{ isComplete, isDirect, intent, shown, choose, send, startAfresh },
  };
}

/** Whether the draft says all that the rule asks for, beside the figure. */
function isWhole(rule: Rule | null, draft: Draft, today: string): boolean {
  const isWorded = rule !== null && wordsMissing(rule, draft).length === 0;
  return isWorded && draft.households.length > 0 && draft.effectiveOn <= today;
}

/** The rule has changed meanwhile: the field that is missing comes with it. */
function asksForWord(failure: Failure | null): boolean {
  const code = failure?.kind === 'problem' ? failure.problem.code : '';
  return code === 'proposal.member_missing' || code === 'proposal.event_missing';
}

function shownOf(rule: Rule, points: number, draft: Draft): AwardShown {
  const { households, note } = draft;
  const [first, ...others] = households;
  return {
    ...NO_WORDS,
    ...wordsFor(rule, draft),
    option: optionChosen(rule, draft.figure)?.name ?? null,
    rule: `${rule.code} ${rule.title}`,
    points: points * households.length,
    households: households.length,
    name: first && others.length === 0 ? `${first.number} ${first.head}` : null,
    note: note.trim(),
  };
}

function bodyOf(rule: Rule, points: number, draft: Draft) {
  const { households, note, effectiveOn } = draft;
  const figure = figureSent(rule, points, draft.figure);
  const householdIds = households.map(({ id }) => id);
  return {
    ruleId: rule.id,
    householdIds,
    ...figure,
    ...wordsFor(rule, draft),
    note: note.trim(),
    effectiveOn,
  };
}

function withoutItsPhotos(draft: Draft): string {
  return JSON.stringify({ ...draft, photos: [] });
}
