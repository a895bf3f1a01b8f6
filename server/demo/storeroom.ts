import type { GoodsItem } from '../../shared/goods/contract.ts';
import { listGoods, stockIn, type Stocktake, stocktake, updateGoods } from '../goods/index.ts';
import { agreeOn } from './second-person.ts';
import { run, staffOf, workOf, type World } from './world.ts';

export interface StoryGoods {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly costFen: number;
  readonly keepsStock: boolean;
  readonly monthlyLimit: number | null;
  /** Tickets in the draw: daily needs go fastest. */
  readonly appeal: number;
}

/** Goods that sell fastest in a village shop, with their tickets in the draw. */
const POPULAR: Readonly<Record<string, number>> = {
  食盐400g: 6,
  酱油500ml: 4,
  挂面1kg: 6,
  面粉5kg: 4,
  大米5kg: 4,
  '菜籽油/大豆油1.8L': 4,
  鸡蛋30枚: 5,
  香皂: 5,
  牙膏: 5,
  '洗衣粉1.5kg': 5,
  洗洁精1kg: 4,
  卫生纸10卷: 6,
  毛巾: 4,
  作业本5本: 3,
  中性笔3支: 3,
};

/** How many of the dearer staples a household may have in a month. */
const LIMITED: Readonly<Record<string, number>> = {
  大米10kg: 1,
  大米5kg: 2,
  面粉5kg: 2,
  食用油5L: 1,
  鸡蛋30枚: 2,
  纯牛奶1箱: 1,
};

const DONATED: readonly string[] = ['大米5kg', '菜籽油/大豆油1.8L', '书包', '作业本5本'];
const DONORS = ['爱心企业', '县工会', '在外乡贤'];

/** The story's own count of the shelf, so that it never asks for a basket that the shop would refuse. */
export class Storeroom {
  private goods: StoryGoods[] = [];
  private readonly left = new Map<string, number>();
  private readonly taken = new Map<string, number>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The shopkeeper sets limits and fills the shelf for the first time. */
  async open(): Promise<void> {
    const keeper = staffOf(this.world, 'shopkeeper').id;
    const { tx, villageId, clock, dice } = this.world;
    const wanted = { enabledOnly: true, today: clock.day };
    for (const { id, name } of await listGoods(tx, villageId, wanted)) {
      const monthlyLimit = LIMITED[name];
      if (monthlyLimit !== undefined) await updateGoods(workOf(this.world, keeper), id, { monthlyLimit });
    }
    const items = await listGoods(tx, villageId, wanted);
    this.goods = items.map(storyGoods);
    for (const item of items) {
      clock.pass(60);
      if (item.kind === 'goods')
        await this.takeIn(
          item.id,
          POPULAR[item.name] === undefined ? dice.between(8, 15) : 30,
          'bought',
          '首批进货',
        );
      if (item.kind === 'loan') await this.takeIn(item.id, 2, 'donated', '村集体工具，登记借用');
    }
  }

  /** Restocks before the shelf runs empty: daily needs by thirty, the rest by a dozen. */
  async restock(): Promise<void> {
    for (const goods of this.goods) {
      if (!goods.keepsStock || goods.price === 0) continue;
      const isPopular = goods.appeal > 1;
      if (this.leftOf(goods.id) >= (isPopular ? 12 : 4)) continue;
      this.world.clock.pass(90);
      await this.takeIn(goods.id, isPopular ? 30 : 12, 'bought', '');
    }
  }

  /** Takes in goods given for a festival. */
  async receiveDonation(festival: string): Promise<void> {
    const { dice } = this.world;
    const name = dice.pick(DONATED);
    const goods = this.goods.find((one) => one.name === name);
    if (!goods) return;
    const quantity = dice.between(10, 20);
    const donor = dice.pick(DONORS);
    await this.takeIn(goods.id, quantity, 'donated', `${donor}捐赠（${festival}）`, donor);
  }

  /** Some shelves are counted; now and then a piece is missing, or one more is found. */
  async count(): Promise<void> {
    const { dice, clock } = this.world;
    const keeper = staffOf(this.world, 'shopkeeper').id;
    const counted = dice.draw(
      this.goods.filter(({ id, keepsStock }) => keepsStock && this.leftOf(id) >= 2),
      15,
    );
    for (const [index, { id }] of counted.entries()) {
      clock.pass(120);
      const found = this.leftOf(id) + (index < 3 ? -1 : index === 3 ? 1 : 0);
      const counting = { goodsId: id, counted: found, reason: '季度盘点' };
      if (found < this.leftOf(id)) await this.countDown(counting);
      else await run(this.world, stocktake.with(counting, workOf(this.world, keeper)));
      this.left.set(id, found);
    }
  }

  /** A second person agrees to a count that finds less. */
  private async countDown({ goodsId, counted, reason }: Stocktake): Promise<void> {
    const work = workOf(this.world, staffOf(this.world, 'shopkeeper').id);
    await agreeOn(this.world, 'shopkeeper', {
      ...{ operation: 'goods.stocktake', params: { id: goodsId }, body: { counted, reason } },
      run: async (at) => {
        await run(this.world, stocktake.with({ goodsId, counted, reason }, { ...work, ...at }));
        return [];
      },
    });
  }

  /** Goods this household can be handed today, each as often as it is wanted. */
  favourites(householdId: string, day: string): StoryGoods[] {
    return this.goods
      .filter((goods) => goods.price > 0 && this.mostFor(householdId, goods, day) > 0)
      .flatMap((goods) => Array.from({ length: goods.appeal }, () => goods));
  }

  mostFor(householdId: string, goods: StoryGoods, day: string): number {
    const there = goods.keepsStock ? this.leftOf(goods.id) : 1;
    if (goods.monthlyLimit === null) return there;
    return Math.min(there, goods.monthlyLimit - (this.taken.get(takenKey(householdId, goods.id, day)) ?? 0));
  }

  take(householdId: string, basket: readonly { goods: StoryGoods; quantity: number }[], day: string): void {
    for (const { goods, quantity } of basket) {
      if (goods.keepsStock) this.left.set(goods.id, this.leftOf(goods.id) - quantity);
      const key = takenKey(householdId, goods.id, day);
      this.taken.set(key, (this.taken.get(key) ?? 0) + quantity);
    }
  }

  putBack(
    householdId: string,
    basket: readonly { goods: StoryGoods; quantity: number }[],
    day: string,
  ): void {
    this.take(
      householdId,
      basket.map(({ goods, quantity }) => ({ goods, quantity: -quantity })),
      day,
    );
  }

  private async takeIn(
    goodsId: string,
    quantity: number,
    source: 'bought' | 'donated',
    note: string,
    donor = '',
  ): Promise<void> {
    const keeper = staffOf(this.world, 'shopkeeper').id;
    const costFen = this.goods.find(({ id }) => id === goodsId)?.costFen ?? 0;
    // Prices at the wholesaler's move a little from one delivery to the next.
    const totalCostFen = Math.round((costFen * quantity * this.world.dice.between(96, 104)) / 100);
    const taken = { goodsId, quantity, totalCostFen, source, note, donor, thanksDonor: true };
    const { stock } = await run(this.world, stockIn.with(taken, workOf(this.world, keeper)));
    this.left.set(goodsId, stock);
  }

  private leftOf(goodsId: string): number {
    return this.left.get(goodsId) ?? 0;
  }
}

function storyGoods({ id, kind, name, price, costFen, monthlyLimit }: GoodsItem): StoryGoods {
  return {
    id,
    name,
    price,
    costFen: costFen ?? 0,
    keepsStock: kind !== 'service',
    monthlyLimit,
    appeal: POPULAR[name] ?? 1,
  };
}

function takenKey(householdId: string, goodsId: string, day: string): string {
  return `${householdId} ${goodsId} ${day.slice(0, 7)}`;
}
