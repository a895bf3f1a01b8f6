import { computed, onScopeDispose, proxyRefs, ref } from 'vue';
import type { PicturePurpose } from '../../../shared/pictures/limits.ts';
import type { AnswerOf, Api, Failure } from '../../api/index.ts';
import { createIntent, type Intent } from '../../intent/intent.ts';
import type { PhotoShelf } from './photo-store.ts';
import { shrinkPhoto } from './shrink-photo.ts';

/** A photo as a draft remembers it; its bytes are on the shelf, under the key it was first sent with. */
export interface KeptPhoto {
  readonly key: string;
  /** The id of the picture at the server; null until it is there. */
  readonly id: string | null;
}

export interface Photo extends KeptPhoto {
  readonly url: string | null;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly failure: Failure | null;
}

export interface Photos {
  readonly list: readonly Photo[];
  readonly kept: readonly KeptPhoto[];
  /** Files this device could not draw, of those added last. */
  readonly unreadable: number;
  /** Photos are being made smaller. */
  readonly preparing: boolean;
  readonly isSending: boolean;
  readonly add: (files: Iterable<File>) => Promise<void>;
  /** Photos of a draft that was kept, with what had not been sent yet. */
  readonly restore: (kept: readonly KeptPhoto[]) => Promise<void>;
  /** Photos that are at the server already, to be shown beside new ones. */
  readonly addSent: (ids: readonly string[]) => Promise<void>;
  readonly remove: (key: string) => void;
  /** Sends what is not there yet; true when everything is. */
  readonly sendAll: () => Promise<boolean>;
  /** The ids at the server, in order; only of those sent. */
  readonly ids: () => string[];
  readonly clear: () => void;
}

interface PhotosOptions {
  readonly api: Api;
  readonly purpose: PicturePurpose;
  readonly most: number;
  readonly shelf: PhotoShelf;
}

/** Photos beside what is being written: made smaller and sent at once, kept until they are, never in the way. */
export function usePhotos({ api, purpose, most, shelf }: PhotosOptions): Photos {
  const list = ref<readonly Photo[]>([]);
  const unreadable = ref(0);
  const preparing = ref(false);
  const blobs = new Map<string, Blob>();
  const intents = createPhotoIntents(api, purpose, (key) => blobs.get(key));
  let sending: Promise<void> = Promise.resolve();

  function change(key: string, fields: Partial<Photo>): void {
    list.value = list.value.map((photo) => (photo.key === key ? { ...photo, ...fields } : photo));
  }

  /** Loads the images of photos known by name: from this device, else from the server. */
  async function load(known: readonly KeptPhoto[]): Promise<void> {
    for (const { key, id } of known) {
      const blob = (await shelf.get(key)) ?? (id === null ? null : await fetchPicture(api, id));
      if (blob) show(key, blob);
      else if (id === null) remove(key);
    }
  }

  function show(key: string, blob: Blob): void {
    blobs.set(key, blob);
    change(key, { url: URL.createObjectURL(blob) });
  }

  async function add(files: Iterable<File>): Promise<void> {
    unreadable.value = 0;
    preparing.value = true;
    for (const file of files) {
      if (list.value.length >= most) break;
      const blob = await shrinkPhoto(file);
      if (!blob) {
        unreadable.value += 1;
        continue;
      }
      const { key } = intents.begin();
      await shelf.put(key, blob);
      list.value = [...list.value, asKept({ key, id: null })];
      show(key, blob);
      void sendAll();
    }
    preparing.value = false;
  }

  async function restore(kept: readonly KeptPhoto[]): Promise<void> {
    list.value = [...list.value, ...kept.map(asKept)];
    await load(kept);
    if (kept.length > 0) void sendAll();
  }

  function remove(key: string): void {
    const photo = list.value.find((one) => one.key === key);
    if (photo?.url) URL.revokeObjectURL(photo.url);
    list.value = list.value.filter((one) => one.key !== key);
    blobs.delete(key);
    intents.drop(key);
    void shelf.drop(key);
  }

  /** One after the other: a lane has little network. */
  async function sendAll(): Promise<boolean> {
    const before = sending;
    sending = before.then(async () => {
      for (const { key, id } of list.value) if (id === null) await send(key);
    });
    await sending;
    return list.value.every(({ id }) => id !== null);
  }

  async function send(key: string): Promise<void> {
    if (!blobs.has(key)) return;
    change(key, { state: 'sending', failure: null });
    const intent = intents.of(key);
    const picture = await intent.run(null);
    if (picture) change(key, { state: 'sent', id: picture.id });
    else change(key, { state: 'failed', failure: intent.failure });
  }

  onScopeDispose(() => {
    for (const { url } of list.value) if (url) URL.revokeObjectURL(url);
  });
  whenOnline(() => void sendAll());

  return proxyRefs({
    list,
    unreadable,
    preparing,
    kept: computed(() => list.value.map(({ key, id }) => ({ key, id }))),
    isSending: computed(() => list.value.some(({ state }) => state === 'sending')),
    add,
    restore,
    addSent: (ids: readonly string[]) => restore(ids.map((id) => ({ key: id, id }))),
    remove,
    sendAll,
    ids: () => list.value.flatMap(({ id }) => id ?? []),
    clear() {
      for (const { key } of list.value) remove(key);
    },
  });
}

/** Each photo is an intent: it is the same one however often it is sent. It goes by the key it had first. */
function createPhotoIntents(api: Api, purpose: PicturePurpose, photoOf: (name: string) => Blob | undefined) {
  type PhotoIntent = Intent<null, AnswerOf<'pictures.add'>>;
  const known = new Map<string, PhotoIntent>();

  function begin(keptKey?: string): PhotoIntent {
    let name = keptKey ?? '';
    const intent: PhotoIntent = createIntent({
      ...(keptKey === undefined ? {} : { key: keptKey }),
      attemptsMax: 1,
      async send(_, key) {
        const body = new Uint8Array((await photoOf(name)?.arrayBuffer()) ?? []);
        return api.call('pictures.add', { params: { purpose }, body, key, timeoutMs: 150_000 });
      },
    });
    name = intent.key;
    known.set(name, intent);
    return intent;
  }

  return {
    begin,
    of: (name: string) => known.get(name) ?? begin(name),
    drop: (name: string) => known.delete(name),
  };
}

function asKept({ key, id }: KeptPhoto): Photo {
  return { key, id, url: null, state: id === null ? 'waiting' : 'sent', failure: null };
}

async function fetchPicture(api: Api, id: string): Promise<Blob | null> {
  const outcome = await api.call('pictures.get', { params: { id } });
  return outcome.kind === 'answer' ? outcome.data : null;
}

function whenOnline(act: () => void): void {
  window.addEventListener('online', act);
  onScopeDispose(() => window.removeEventListener('online', act));
}
