/** Writes years of a county's books straight into SQLite, with the same rows and seals that the program would write. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { openStore, sqlitePath } from '../../db/index.ts';
import { genesisHash, inputHash, SEAL_VERSION, sealHash, textCommitment } from '../../server/ledger/seal.ts';
import { accountId, createLedger, parseAccountId } from '../support/ledger.ts';
import { createVillage } from '../../server/village/index.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import type { Shop } from './shop.ts';

export interface BigBook {
  readonly villageIds: readonly string[];
  readonly postings: number;
}

export interface Size {
  readonly villages: number;
  readonly householdsEach: number;
  /** In all villages together; where there are ten and more, the second has a tenth of them. */
  readonly postings: number;
  /** Writes also the rows that `verify` asks for beside its entries: steps of proposals, and shifts. */
  readonly verifies?: boolean;
}

type Filled = Pick<Shop, 'villageId' | 'householdIds' | 'goodsIds'>;

const HEADS = ['五美家庭', '乡风家风', '村规民俗'];
const GOODS = ['大米', '食用油', '面粉', '洗衣液', '铁锹', '作业本', '毛巾', '高压锅'];
const FIRST_DAY_MS = Date.UTC(2023, 10, 1);
const DAYS = 1_115;
const DAY_MS = 86_400_000;
const AWARD_HUNDREDTHS = 200;
const PRICE_HUNDREDTHS = 300;
const COST_FEN = 900;

/** Fills the data folder of shops (shop.ts) further: their villages go on and are the first, the others are made. */
export async function growBook(
  dataDir: string,
  shops: readonly Filled[],
  { villages, householdsEach, postings, verifies = false }: Size,
  say: (text: string) => void,
): Promise<BigBook> {
  const villageIds = shops.map(({ villageId }) => villageId);
  const store = await openStore({ dataDir });
  const ledger = createLedger({ clock: Date.now });
  for (let index = shops.length; index < villages; index += 1) {
    const id = `village${index}`;
    const village = { id, bookId: `book${index}`, name: `${index}号村`, town: '谷旦镇', isDemo: false };
    await store.transaction((tx) => createVillage(tx, ledger, { ...village, nowMs: FIRST_DAY_MS }));
    villageIds.push(id);
  }
  await store.close();

  const db = new Database(sqlitePath(dataDir));
  for (const pragma of ['foreign_keys = off', 'synchronous = off', 'cache_size = -400000']) db.pragma(pragma);
  const spared = 'select type, name, sql from sqlite_master where sql is not null and type in (?, ?)';
  const others = db.prepare(spared).all('trigger', 'index') as Named[];
  for (const { type, name } of others) db.exec(`drop ${type} ${name}`);
  const large = villages >= 10 ? Math.round(postings / 10) : 0;
  const each = (postings - large) / (villages - (large > 0 ? 1 : 0));
  let written = 0;
  for (const [index, villageId] of villageIds.entries()) {
    db.transaction(() => {
      const writer = new VillageWriter(db, villageId, verifies);
      const shop = shops[index];
      writer.people(shop?.householdIds ?? idsOf(villageId, 'h', householdsEach), shop !== undefined);
      writer.shelves(shop?.goodsIds ?? idsOf(villageId, 'g', GOODS.length), shop !== undefined);
      written += writer.years(large > 0 && index === 1 ? large : Math.round(each));
    })();
    if (index % 30 === 0) say(`${written.toLocaleString('en-US')} postings`);
  }
  say('indexes');
  for (const { sql } of others) db.exec(sql);
  db.pragma('wal_checkpoint(truncate)');
  db.exec('analyze');
  db.close();
  return { villageIds, postings: written };
}

/** Sums that the program keeps while it writes. No award here is taken back. */
const SUMS = {
  account_months:
    'select village_id, substr(effective_on, 1, 7), account_number, sum(amount) from postings where village_id = ? group by 1, 2, 3',
  deed_months:
    'select village_id, substr(effective_on, 1, 7), rule_id, rule_version, sum(points), 0 from proposals ' +
    'where village_id = ? and rule_id is not null group by 1, 2, 3, 4',
  award_months:
    'select village_id, substr(effective_on, 1, 7), household_id, count(*) from proposals ' +
    'where village_id = ? and rule_id is not null group by 1, 2, 3',
  rule_uses:
    'select village_id, rule_id, count(*) from proposals where village_id = ? and rule_id is not null group by 1, 2',
};

interface Named {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

type Row = Readonly<Record<string, string | number | Buffer | null>>;

interface State {
  /** The number of the account. */
  readonly account: number;
  readonly balance: number;
  readonly through: string;
}

/** Writes one village's rows in the order the program would have. */
class VillageWriter {
  private readonly db: Database.Database;
  private readonly villageId: string;
  private readonly bookId: string;
  private readonly statements = new Map<string, Database.Statement>();
  private readonly states = new Map<string, State>();
  private readonly shifts = new Set<string>();
  private readonly verifies: boolean;
  private households: readonly string[] = [];
  private goods: readonly string[] = [];
  private number: number;
  private hash: string;

  constructor(db: Database.Database, villageId: string, verifies: boolean) {
    this.verifies = verifies;
    this.db = db;
    this.villageId = villageId;
    const head = db.prepare('select book_id, number from ledger_heads where village_id = ?').get(villageId);
    const { book_id: bookId, number } = head as { book_id: string; number: number };
    this.bookId = bookId;
    this.number = number;
    const last = 'select hash from journal where village_id = ? and number = ?';
    this.hash =
      (db.prepare(last).pluck().get(villageId, number) as Buffer | undefined)?.toString('hex') ??
      genesisHash(bookId);
    const lines =
      'select a.id, a.number, p.balance_after, p.effective_through from postings p join accounts a ' +
      'on a.village_id = p.village_id and a.number = p.account_number where p.village_id = ? order by p.number';
    type Line = [id: string, account: number, balance: number, through: string];
    for (const [id, account, balance, through] of db.prepare(lines).raw().all(villageId) as Line[])
      this.states.set(id, { account, balance, through });
  }

  people(ids: readonly string[], areThere: boolean): void {
    this.households = ids;
    if (areThere) return;
    for (const [index, id] of ids.entries()) {
      const number = String(index + 1).padStart(3, '0');
      this.insert('households', {
        id,
        number,
        number_key: householdNumberKey(number),
        group_name: `第${1 + (index % 6)}组`,
        head: `王${index}明`,
        head_pinyin: ' wangming wm',
        size: 4,
        phone: null,
        note: '',
        state: 'active',
        pin_hash: null,
        created_at_ms: FIRST_DAY_MS,
        updated_at_ms: FIRST_DAY_MS,
      });
    }
  }

  /** Rules under the three heads, goods, and enough of them taken in for all years. */
  shelves(ids: readonly string[], areThere: boolean): void {
    this.goods = ids;
    for (const [index, head] of HEADS.entries()) this.rule(`${this.villageId}r${index}`, head, index);
    if (areThere) return;
    for (const [index, id] of ids.entries()) {
      this.insert('goods', {
        id,
        kind: 'goods',
        category: '米面粮油',
        name: GOODS[index] ?? id,
        unit: '件',
        price: PRICE_HUNDREDTHS,
        cost_fen: COST_FEN,
        keeps_stock: 1,
        enabled: 1,
        position: index,
        created_at_ms: FIRST_DAY_MS,
      });
      const pieces = 10 ** 7;
      this.entry('stock_in', dayOf(0), 0, 'staff', `bought:${id}`, GOODS[index] ?? '', [
        [`supplier:${id}:SKU.${id}`, -pieces],
        [`shelf:${id}:SKU.${id}`, pieces],
        ['funding:village:CNY', -pieces * COST_FEN],
        [`stock:${id}:CNY`, pieces * COST_FEN],
      ]);
    }
  }

  /** Awards and redemptions in turn until there are so many postings; answers how many. */
  years(postings: number): number {
    let written = 0;
    for (let index = 0; written < postings; index += 1) {
      const done = written / postings;
      const day = Math.floor(done * DAYS);
      const household = this.households[(index * 7) % this.households.length] ?? '';
      const points = this.states.get(`household:${household}:POINT`)?.balance ?? 0;
      written +=
        index % 5 < 3 || points < PRICE_HUNDREDTHS
          ? this.award(index, day, household)
          : this.redemption(index, day, household);
    }
    this.db
      .prepare('update ledger_heads set number = ? where village_id = ?')
      .run(this.number, this.villageId);
    this.saveBalances();
    this.saveSums();
    return written;
  }

  private award(index: number, day: number, householdId: string): number {
    const id = `p${index}`;
    const at = dayOf(day);
    const rule = index % HEADS.length;
    this.insert('proposals', {
      id,
      batch_id: id,
      kind: 'award',
      state: 'posted',
      household_id: householdId,
      rule_id: `${this.villageId}r${rule}`,
      rule_version: 1,
      points: AWARD_HUNDREDTHS,
      note: '',
      effective_on: at,
      proposed_by: 'staff1',
      proposed_at_ms: FIRST_DAY_MS + day * DAY_MS,
      decided_by: 'staff2',
      decided_at_ms: FIRST_DAY_MS + day * DAY_MS + 1,
      journal_number: this.number + 1,
    });
    const steps = [
      { from_state: null, to_state: 'proposed', actor_id: 'staff1', at_ms: FIRST_DAY_MS + day * DAY_MS },
      {
        from_state: 'proposed',
        to_state: 'posted',
        actor_id: 'staff2',
        at_ms: FIRST_DAY_MS + day * DAY_MS + 1,
      },
    ];
    for (const [taken, step] of this.verifies ? steps.entries() : [])
      this.insert('proposal_events', { proposal_id: id, step: taken + 1, reason: '', ...step });
    return this.entry('award', at, day, 'staff2', `proposal:${id}`, '义务劳动', [
      ['issued:village:POINT', -AWARD_HUNDREDTHS],
      [`household:${householdId}:POINT`, AWARD_HUNDREDTHS],
    ]);
  }

  /** Writes the shift of a day, once, where the book is to verify. */
  private shift(day: number): string {
    const id = `s${day}`;
    if (this.verifies && !this.shifts.has(id))
      this.insert('shifts', {
        id,
        kiosk_id: 'k1',
        volunteer_id: 'v1',
        token_hash: `${this.villageId}${id}`,
        started_at_ms: FIRST_DAY_MS + day * DAY_MS,
        ended_at_ms: FIRST_DAY_MS + (day + 1) * DAY_MS,
      });
    this.shifts.add(id);
    return id;
  }

  private redemption(index: number, day: number, householdId: string): number {
    const id = `r${index}`;
    const goodsId = this.goods[index % this.goods.length] ?? '';
    const at = dayOf(day);
    this.insert('redemptions', {
      id,
      household_id: householdId,
      kiosk_id: 'k1',
      volunteer_id: 'v1',
      shift_id: this.shift(day),
      points: PRICE_HUNDREDTHS,
      cost_fen: COST_FEN,
      effective_on: at,
      booked_at_ms: FIRST_DAY_MS + day * DAY_MS,
      journal_number: this.number + 1,
    });
    const line = {
      journal_number: this.number + 1,
      line: 1,
      goods_id: goodsId,
      name: '大米',
      unit: '袋',
      quantity: 1,
    };
    this.insert('redemption_lines', { ...line, price: PRICE_HUNDREDTHS });
    return this.entry('redemption', at, day, 'v1', `redemption:${id}`, '大米×1', [
      [`household:${householdId}:POINT`, -PRICE_HUNDREDTHS],
      ['redeemed:village:POINT', PRICE_HUNDREDTHS],
      [`shelf:${goodsId}:SKU.${goodsId}`, -1],
      [`given:${goodsId}:SKU.${goodsId}`, 1],
      [`stock:${goodsId}:CNY`, -COST_FEN],
      ['cost:village:CNY', COST_FEN],
    ]);
  }

  private entry(
    kind: string,
    effectiveOn: string,
    day: number,
    actorId: string,
    source: string,
    title: string,
    moves: readonly (readonly [string, number])[],
  ): number {
    this.number += 1;
    const { number } = this;
    const lines = moves.map(([id, amount], line) => {
      const before = this.states.get(id) ?? this.open(id);
      const state = {
        account: before.account,
        balance: before.balance + amount,
        through: before.through < effectiveOn ? effectiveOn : before.through,
      };
      this.states.set(id, state);
      const [, , unit = ''] = id.split(':');
      return {
        ...{ line, accountId: id, account: state.account, unit, amount, balanceAfter: state.balance },
        ...{ effectiveOn, effectiveThrough: state.through },
      };
    });
    const body = JSON.stringify({ title, note: '' });
    const salt = createHash('md5').update(`${this.villageId} ${number}`).digest('hex');
    const named = { reversesNumber: null, resolvesNumber: null };
    const header = {
      ...{ number, kind, effectiveOn, bookedAtMs: FIRST_DAY_MS + day * DAY_MS },
      idempotencyKey: `${source}-${number}`,
      inputHash: inputHash({ kind, effectiveOn, actorId, source, ...named, mayPassFloor: false, lines }),
      ...{ actorId, source, ...named, textCommitment: textCommitment(salt, body), factsDigest: null },
      ...{ lineCount: lines.length, sealVersion: SEAL_VERSION, previousHash: this.hash },
    };
    this.hash = sealHash(this.bookId, header, lines) ?? '';
    for (const line of lines)
      this.insert('postings', {
        number,
        line: line.line,
        account_number: line.account,
        amount: line.amount,
        balance_after: line.balanceAfter,
        effective_on: effectiveOn,
        effective_through: line.effectiveThrough,
      });
    this.insert('journal', {
      number,
      kind,
      effective_on: effectiveOn,
      booked_at_ms: header.bookedAtMs,
      idempotency_key: header.idempotencyKey,
      input_hash: bytesOf(header.inputHash),
      actor_id: actorId,
      source,
      text_commitment: bytesOf(header.textCommitment),
      line_count: lines.length,
      seal_version: SEAL_VERSION,
      previous_hash: bytesOf(header.previousHash),
      hash: bytesOf(this.hash),
    });
    this.insert('journal_texts', { number, body, salt });
    return lines.length;
  }

  private open(id: string): State {
    const account = parseAccountId(id);
    if (!account || accountId(account) !== id) throw new Error(`no account of ours: ${id}`);
    const { kind, ownerId, unit, floor } = account;
    const number = this.states.size + 1;
    this.insert('accounts', { number, id, kind, owner_id: ownerId, unit, floor });
    return { account: number, balance: 0, through: '' };
  }

  private saveBalances(): void {
    this.db.prepare('delete from balances where village_id = ?').run(this.villageId);
    for (const [id, { account, balance, through }] of this.states) {
      const floor = parseAccountId(id)?.floor ?? null;
      if (floor !== null)
        this.insert('balances', { account_number: account, balance, floor, effective_through: through });
    }
  }

  private saveSums(): void {
    for (const [table, sums] of Object.entries(SUMS)) {
      this.db.prepare(`delete from ${table} where village_id = ?`).run(this.villageId);
      this.db.prepare(`insert into ${table} ${sums}`).run(this.villageId);
    }
  }

  private rule(id: string, category: string, position: number): void {
    this.insert('rules', { id, code: `B${position}`, position, current_version: 1 });
    this.insert('rule_versions', {
      rule_id: id,
      version: 1,
      category,
      title: `义务劳动${position}`,
      points_mode: 'fixed',
      points: AWARD_HUNDREDTHS,
      proposer: '村委',
      evidence: '',
      limit_text: '',
      enabled: 1,
      changed_by: 'staff1',
      changed_at_ms: FIRST_DAY_MS,
    });
  }

  private insert(table: string, row: Row): void {
    let statement = this.statements.get(table);
    if (!statement) {
      const names = Object.keys(row);
      const marks = names.map(() => ', ?').join('');
      statement = this.db.prepare(
        `insert into ${table} (village_id, ${names.join(', ')}) values (?${marks})`,
      );
      this.statements.set(table, statement);
    }
    statement.run(this.villageId, ...Object.values(row));
  }
}

function idsOf(villageId: string, prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${villageId}${prefix}${index}`);
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

function dayOf(day: number): string {
  return new Date(FIRST_DAY_MS + day * DAY_MS).toISOString().slice(0, 10);
}
