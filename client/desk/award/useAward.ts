import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { EVIDENCE_MOST } from '../../../shared/pictures.ts';
import type { Rule } from '../../../shared/contract/rules.ts';
import type { BodyOf } from '../../api/index.ts';
import { useLoad } from '../../ui/useLoad.ts';
import { useWrite } from '../../ui/useWrite.ts';
import type { Desk } from '../desk.ts';
import { askAgain } from '../parts/ask-again.ts';
import { openPhotoShelf } from '../photos/shelf.ts';
import { usePhotos } from '../photos/usePhotos.ts';
import { draftStore, emptyDraft, needsFigure, pointsEach } from './draft.ts';

export interface Sent {
  readonly ids: readonly string[];
  readonly points: number;
  /** Named where it was one alone. */
  readonly name: string | null;
}

/** One deed as it is written down: its draft, what it would move, and its way to the server. */
export function useAward(desk: Desk, today: string) {
  const store = draftStore(desk.session.value?.village.id ?? '', desk.session.value?.staff.id ?? '');
  const kept = store.load();
  const draft = reactive(kept ?? emptyDraft(today));
  const wasKept = ref(kept !== null && (kept.ruleId !== null || kept.households.length > 0));
  /** The last sending of this draft was never answered. */
  const wasLost = ref(store.intent.load() !== null);
  const wasChecked = ref(false);
  /** The answer did not come, and the same is asked again. */
  const isAsking = ref(false);
  const isWithoutPhotos = ref(false);
  const sent = shallowRef<Sent | null>(null);
  const photos = usePhotos({
    ...{ api: desk.api, purpose: 'evidence', most: EVIDENCE_MOST },
    shelf: openPhotoShelf(),
    kept: draft.photos,
  });
  const book = useLoad((signal) => desk.api.call('rules.list', { signal }));
  const habits = useLoad((signal) => desk.api.call('proposals.habits', { signal }));

  const rule = computed(
    () => book.data.value?.items.find(({ id, enabled }) => id === draft.ruleId && enabled) ?? null,
  );
  const points = computed(() => (rule.value === null ? null : pointsEach(rule.value, draft.figure)));
  const isComplete = computed(
    () => points.value !== null && draft.households.length > 0 && draft.effectiveOn <= today,
  );
  /** The commonest case needs no second look: one household, something good. It is taken back as easily. */
  const isDirect = computed(() => draft.households.length === 1 && (points.value ?? 0) > 0);
  const writing = useWrite(
    (body: BodyOf<'proposals.create'>, key) =>
      askAgain(() => desk.api.call('proposals.create', { body, key, timeoutMs: 20_000 }), {
        onLost: () => {
          isAsking.value = true;
        },
      }),
    store.intent,
  );

  watch(draft, (now) => {
    if (sent.value === null) store.save(now);
  });
  watch(photos.kept, (now) => {
    draft.photos = now;
  });

  function choose(chosen: Rule): void {
    draft.ruleId = chosen.id;
    draft.figure = '';
  }

  /** Sends what is complete; true when it arrived. Photos that cannot be sent hold it up until one says otherwise. */
  async function send(options: { withoutPhotos?: boolean } = {}): Promise<boolean> {
    if (rule.value === null || points.value === null) return false;
    writing.reset();
    isWithoutPhotos.value = options.withoutPhotos === true;
    if (!isWithoutPhotos.value && !(await photos.sendAll())) return false;
    const answer = await writing.run({
      ruleId: rule.value.id,
      householdIds: draft.households.map(({ id }) => id),
      ...(needsFigure(rule.value) ? { points: points.value } : {}),
      note: draft.note.trim(),
      effectiveOn: draft.effectiveOn,
      pictureIds: photos.ids(),
    });
    isAsking.value = false;
    if (answer === null) return false;
    const [first] = draft.households;
    sent.value = {
      ids: answer.ids,
      points: points.value * answer.ids.length,
      name: first && answer.ids.length === 1 ? `${first.number} ${first.head}` : null,
    };
    wasLost.value = false;
    photos.clear();
    store.clear();
    return true;
  }

  function startAfresh(keep: { ruleId?: string | null } = {}): void {
    photos.clear();
    Object.assign(draft, emptyDraft(today), { ruleId: keep.ruleId ?? null });
    store.clear();
    store.intent.save(null);
    sent.value = null;
    wasKept.value = false;
    wasLost.value = false;
    wasChecked.value = false;
    void habits.reload();
  }

  return {
    ...{ draft, wasKept, wasLost, wasChecked, isAsking, sent, photos, book, habits, rule, points },
    ...{ isComplete, isDirect, writing, choose, send, startAfresh },
  };
}
