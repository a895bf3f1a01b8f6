import type { GoodsItem } from '../../shared/goods/contract.ts';
import type { Device } from '../device/device.ts';
import type { KeptHousehold, KeptVillage } from './kept-village.ts';
import type { Sealed, Sealer } from './sealer.ts';
import { wipeCopy } from './wipe-copy.ts';

/** The copy on this device's disk. It is there whole, or not at all. */
export interface CopyDisk {
  /** Null where there is none, where it is of another owner, and where a part of it is damaged. Never rejects. */
  readonly read: () => Promise<KeptVillage | null>;
  /** Writes what differs from what was last read or written, in one transaction. False: the disk did not take it. */
  readonly write: (village: KeptVillage) => Promise<boolean>;
  /** Removes all of it, and the key with which it could be opened. */
  readonly wipe: () => Promise<void>;
}

interface Wanted {
  readonly device: Device;
  readonly sealer: Sealer;
  /** The pairing that the copy was given to. */
  readonly owner: string;
  readonly newId: () => string;
}

/** A part as it is on the disk. The copy and the version in which it was written are told beside it, for comparison. */
interface StoredPart extends Sealed {
  readonly copy: string;
  readonly version: number;
}

/** The sealed head: the village without its goods and households, and where these lie. */
interface Head extends Omit<KeptVillage, 'goods' | 'households'> {
  readonly owner: string;
  readonly order: readonly string[];
  /** The version of each part. A part of another version is none of this copy. */
  readonly versions: Readonly<Record<string, number>>;
}

/** The disk's content, as far as this page knows. */
interface Written {
  readonly copy: string;
  readonly version: number;
  readonly versions: Readonly<Record<string, number>>;
  readonly parts: Parts;
}

type Parts = ReadonlyMap<string, readonly (KeptHousehold | GoodsItem)[]>;

const HEAD = 'head';
const KEY = 'key';
/** A change of one household rewrites one part of so many. */
const HOUSEHOLD_PARTS = 64;
const GOODS_PARTS = 16;

export function createCopyDisk({ device, sealer, owner, newId }: Wanted): CopyDisk {
  let written: Written | null = null;
  /** Grows with each wipe: what was being written then is not written any more. */
  let wipes = 0;

  async function load(): Promise<KeptVillage | null> {
    const [key, names, values] = await device.read(['copy', 'copyState'], (work) =>
      Promise.all([
        work.objectStore('copyState').get(KEY),
        work.objectStore('copy').getAllKeys(),
        work.objectStore('copy').getAll(),
      ]),
    );
    const stored = new Map(names.map((name, index) => [name, values[index]]));
    const top = stored.get(HEAD);
    if (!(key instanceof CryptoKey) || !isPart(top)) return null;
    const head = (await sealer.open(key, placeOf(top, HEAD), top)) as Head;
    if (head.owner !== owner) return null;
    const parts = await Promise.all(
      Object.entries(head.versions).map(async ([name, version]) => {
        const part = stored.get(name);
        if (!isPart(part)) throw new Error(`the part ${name} is missing`);
        const place = placeOf({ copy: top.copy, version }, name);
        return [name, (await sealer.open(key, place, part)) as (KeptHousehold | GoodsItem)[]] as const;
      }),
    );
    const village = joined(head, new Map(parts));
    written = { copy: top.copy, version: top.version, versions: head.versions, parts: partsOf(village) };
    return village;
  }

  async function write(village: KeptVillage): Promise<void> {
    const before = written;
    const wipesThen = wipes;
    const version = (before?.version ?? 0) + 1;
    const copy = before?.copy ?? newId();
    const key = before === null ? await sealer.newKey() : await keyOf(device);
    const parts = partsOf(village);
    const changed = [...parts].filter(([name, rows]) => !isSame(before?.parts.get(name), rows));
    const versions = {
      ...before?.versions,
      ...Object.fromEntries(changed.map(([name]) => [name, version])),
    };
    const { goods, households: _, ...standing } = village;
    const head: Head = { ...standing, owner, order: goods.map(({ id }) => id), versions };
    const sealed = await Promise.all(
      [[HEAD, head] as const, ...changed].map(async ([name, value]) => {
        const part = await sealer.seal(key, placeOf({ copy, version }, name), value);
        return [name, { ...part, copy, version } satisfies StoredPart] as const;
      }),
    );
    await device.write(['copy', 'copyState'], async (work) => {
      if (wipes !== wipesThen) throw new Error('the copy was wiped meanwhile');
      const store = work.objectStore('copy');
      if (before === null) {
        await store.clear();
        await work.objectStore('copyState').put(key, KEY);
      } else {
        const top: unknown = await store.get(HEAD);
        if (!isPart(top) || top.copy !== before.copy || top.version !== before.version)
          throw new Error('another page has written the copy meanwhile');
      }
      await Promise.all(sealed.map(([name, part]) => store.put(part, name)));
    });
    written = { copy, version, versions, parts };
  }

  return {
    async read() {
      written = null;
      return load().catch(() => null);
    },
    async write(village) {
      try {
        await write(village);
        return true;
      } catch {
        // Nobody knows what the disk holds now: the next write brings all of it.
        written = null;
        return false;
      }
    },
    async wipe() {
      written = null;
      wipes += 1;
      await wipeCopy(device);
    },
  };
}

async function keyOf(device: Device): Promise<CryptoKey> {
  const key = await device.read(['copyState'], (work) => work.objectStore('copyState').get(KEY));
  if (key instanceof CryptoKey) return key;
  throw new Error('the key of the copy is gone');
}

/** A part that is put in the place of another, or of an older one of itself, does not open. */
function placeOf({ copy, version }: Pick<StoredPart, 'copy' | 'version'>, name: string): string {
  return `${copy} ${name} ${version}`;
}

function partsOf({ goods, households }: KeptVillage): Parts {
  const parts = new Map<string, (KeptHousehold | GoodsItem)[]>();
  // Empty parts are written too: which parts there are says nothing of the village.
  for (let at = 0; at < HOUSEHOLD_PARTS; at += 1) parts.set(`households/${at}`, []);
  for (let at = 0; at < GOODS_PARTS; at += 1) parts.set(`goods/${at}`, []);
  for (const one of households.values())
    parts.get(`households/${partOf(one.id, HOUSEHOLD_PARTS)}`)?.push(one);
  for (const item of goods) parts.get(`goods/${partOf(item.id, GOODS_PARTS)}`)?.push(item);
  return parts;
}

function partOf(id: string, parts: number): number {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521;
  return sum % parts;
}

function joined({ owner: _, order, versions: __, ...standing }: Head, parts: Parts): KeptVillage {
  const all = <T>(kind: string) =>
    [...parts].flatMap(([name, rows]) => (name.startsWith(kind) ? (rows as readonly T[]) : []));
  const items = new Map(all<GoodsItem>('goods/').map((item) => [item.id, item]));
  return {
    ...standing,
    goods: order.flatMap((id) => items.get(id) ?? []),
    households: new Map(all<KeptHousehold>('households/').map((one) => [one.id, one])),
  };
}

/** Rows are never changed in place, so the same rows are the same objects. */
function isSame(one: readonly unknown[] | undefined, other: readonly unknown[]): boolean {
  return one?.length === other.length && one.every((row, index) => row === other[index]);
}

function isPart(value: unknown): value is StoredPart {
  if (typeof value !== 'object' || value === null) return false;
  const { copy, version, iv, bytes } = value as Record<string, unknown>;
  return (
    typeof copy === 'string' &&
    typeof version === 'number' &&
    iv instanceof Uint8Array &&
    bytes instanceof ArrayBuffer
  );
}
