import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { EVIDENCE_MOST } from '../../../shared/pictures.ts';
import type { Rule } from '../../../shared/contract/rules.ts';
import { newKey } from '../../api/index.ts';
import { tableOf } from '../../device/device-table.ts';
import { openDevice } from '../../device/device.ts';
import { useLoad } from '../../ui/useLoad.ts';
import type { Desk } from '../desk.ts';
import { openPhotoShelf } from '../photos/shelf.ts';
import { usePhotos } from '../photos/usePhotos.ts';
import { draftStore, emptyDraft, needsFigure, pointsEach } from './draft.ts';
import { useSending } from './useSending.ts';

export interface Sent {
  readonly ids: readonly string[];
  readonly points: number;
  /** Named where it was one alone. */
  readonly name: string | null;
  /** Found to have arrived after its answer had been lost. */
  readonly wasLost: boolean;
}

/** One deed as it is written down: its draft, what it would move, and its way to the server. */
export function useAward(desk: Desk, today: string) {
  const device = openDevice();
  const store = draftStore(
    desk.session.value?.village.id ?? '',
    desk.session.value?.staff.id ?? '',
    tableOf(device, 'drafts'),
  );
  const draft = reactive(emptyDraft(today));
  const wasKept = ref(false);
  const wasChecked = ref(false);
  const sent = shallowRef<Sent | null>(null);
  const photos = usePhotos({
    ...{ api: desk.api, purpose: 'evidence', most: EVIDENCE_MOST },
    shelf: openPhotoShelf(tableOf(device, 'photos')),
  });
  const book = useLoad((signal) => desk.api.call('rules.list', { signal }));
  const habits = useLoad((signal) => desk.api.call('proposals.habits', { signal }));
  const sending = useSending(desk.api, store, async ({ points: all, name }, { ids }, wasLost) => {
    sent.value = { ids, points: all, name, wasLost };
    photos.clear();
    await store.clear();
  });

  const rule = computed(
    () => book.data.value?.items.find(({ id, enabled }) => id === draft.ruleId && enabled) ?? null,
  );
  const points = computed(() => (rule.value === null ? null : pointsEach(rule.value, draft.figure)));
  const isComplete = computed(
    () => points.value !== null && draft.households.length > 0 && draft.effectiveOn <= today,
  );
  /** The commonest case needs no second look: one household, something good. It is taken back as easily. */
  const isDirect = computed(() => draft.households.length === 1 && (points.value ?? 0) > 0);

  const isReady = ref(false);
  const opened = store.load().then(async (kept) => {
    if (kept.draft) Object.assign(draft, kept.draft);
    wasKept.value = draft.ruleId !== null || draft.households.length > 0;
    if (kept.sending) sending.restore(kept.sending);
    const restoring = photos.restore(draft.photos);
    watch(draft, (now) => {
      if (sent.value === null) store.save(now);
    });
    watch(photos.kept, (now) => {
      draft.photos = now;
    });
    isReady.value = true;
    await restoring;
  });

  function choose(chosen: Rule): void {
    draft.ruleId = chosen.id;
    draft.figure = '';
  }

  /** Sends what is complete; true when it arrived. Photos that cannot be sent hold it up until one says otherwise. */
  async function send(options: { withoutPhotos?: boolean } = {}): Promise<boolean> {
    if (rule.value === null || points.value === null) return false;
    sending.failure.value = null;
    if (options.withoutPhotos !== true && !(await photos.sendAll())) return false;
    const [first, ...others] = draft.households;
    const arrived = await sending.send({
      key: draft.key,
      body: {
        ruleId: rule.value.id,
        householdIds: draft.households.map(({ id }) => id),
        ...(needsFigure(rule.value) ? { points: points.value } : {}),
        note: draft.note.trim(),
        effectiveOn: draft.effectiveOn,
        pictureIds: photos.ids(),
      },
      rule: `${rule.value.code} ${rule.value.title}`,
      points: points.value * draft.households.length,
      name: first && others.length === 0 ? `${first.number} ${first.head}` : null,
    });
    // Refused, and known to be: what is put right now is another intent.
    if (!arrived && sending.open.value === null) draft.key = newKey();
    return arrived;
  }

  async function startAfresh(keep: { ruleId?: string | null } = {}): Promise<void> {
    sending.giveUp();
    photos.clear();
    await store.clear();
    Object.assign(draft, emptyDraft(today), { ruleId: keep.ruleId ?? null });
    sent.value = null;
    wasKept.value = false;
    wasChecked.value = false;
    void habits.reload();
  }

  return {
    ...{ draft, isReady, opened, wasKept, wasChecked, sent, photos, book, habits, rule, points },
    ...{ isComplete, isDirect, sending, choose, send, startAfresh },
  };
}
