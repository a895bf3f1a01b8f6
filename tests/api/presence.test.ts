/** Goods leave the counter only where the household is recognised there and then: by its card, or its number and PIN. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keysFor } from '../../server/config.ts';
import { signPresence } from '../../server/kiosk/presence.ts';
import { typePin } from '../support/pins.ts';
import { cardCodeOf, newCardCode } from '../support/presence.ts';
import {
  type Caller,
  type KioskCaller,
  SECRETS,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE_MS = 60_000;

describe.each(ENGINES)('the presence at the counter on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let goodsId: string;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      kiosk = await server.asKiosk();
      goodsId = (await addGoods(server, { price: 18_000 }, { quantity: 50, costFen: 50 })).id;
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    /** A household with 235 points and a card. */
    async function known() {
      const { id, number } = await addHousehold(server, 23_500);
      return { id, number, card: (await cardCodeOf(server, id)) ?? '' };
    }
    const scan = (body: { card: string } | { number: string }, as: Caller = kiosk) =>
      server.must('kiosk.lookup', { as, body });
    const tokenOf = async (body: { card: string } | { number: string }, as: Caller = kiosk) =>
      (await scan(body, as)).presence.token;
    /** Takes 180 points. Answers the refusal, or `done`. */
    async function take(householdId: string, proofs: { presence?: string; pinProof?: string }, as = kiosk) {
      const body = { householdId, lines: [{ goodsId, quantity: 1 }], expectedPoints: 18_000, ...proofs };
      const { status, problem } = await server.call('kiosk.redeem', { as, body });
      const { points } = await standing(server, householdId, goodsId);
      expect(points).toBe(status === 200 ? 5500 : 23_500);
      return status === 200 ? 'done' : problem.code;
    }
    const newPin = (id: string) => typePin(server, id);
    const proofOf = async (householdId: string, pin: string) =>
      (await server.must('kiosk.checkPin', { as: kiosk, body: { householdId, pin } })).proof;

    it('is signed by a look-up, for a quarter of an hour, and says by what', async () => {
      const { number, card } = await known();
      const expiresAtMs = Math.floor(startMs / 1000) * 1000 + 15 * MINUTE_MS;
      expect((await scan({ card })).presence).toMatchObject({ how: 'card', expiresAtMs });
      expect((await scan({ number })).presence).toMatchObject({ how: 'number', expiresAtMs });
      const [, claims = ''] = (await tokenOf({ card })).split('.');
      expect(Buffer.from(claims, 'base64url').toString()).not.toContain(card);
    });

    it('180 of 235 points are not taken by the household’s id alone', async () => {
      const { id, card } = await known();
      expect(await take(id, {})).toBe('redemption.absent');
      expect(await take(id, { presence: await tokenOf({ card }) })).toBe('done');
    });

    it('a card that was revoked after the look-up pays nothing', async () => {
      const { id, card } = await known();
      const presence = await tokenOf({ card });
      await server.must('households.revokeCard', { as: server.admin, params: { id }, body: {} });
      expect(await take(id, { presence })).toBe('card.revoked');
    });

    it('nor does one that was replaced; the new one does', async () => {
      const { id, card } = await known();
      const presence = await tokenOf({ card });
      server.clock.nowMs += 1;
      const code = await newCardCode(server, id);
      expect(await take(id, { presence })).toBe('card.revoked');
      // For a day another volunteer types a PIN too (api/fresh-cards).
      expect(await take(id, { presence: await tokenOf({ card: code }) })).toBe('redemption.second_needed');
      server.clock.nowMs = startMs + 25 * 60 * MINUTE_MS;
      kiosk = await signInAgain(server, kiosk);
      expect(await take(id, { presence: await tokenOf({ card: code }) })).toBe('done');
      server.clock.nowMs = startMs;
      kiosk = await signInAgain(server, kiosk);
    });

    it('another household’s, kiosk’s or shift’s counts for nothing', async () => {
      const [{ id, card }, neighbour, other] = [await known(), await known(), await server.asKiosk()];
      expect(await take(id, { presence: await tokenOf({ card: neighbour.card }) })).toBe('redemption.absent');
      expect(await take(id, { presence: await tokenOf({ card }, other) })).toBe('redemption.absent');
      const before = await tokenOf({ card });
      const shift = await server.must('kiosk.signIn', {
        as: kiosk.device,
        body: { volunteerId: kiosk.volunteerId, pin: kiosk.pin },
      });
      kiosk = { ...kiosk, headers: { ...kiosk.device.headers, 'X-Shift': shift.shiftToken } };
      expect(await take(id, { presence: before })).toBe('redemption.absent');
      expect(await take(id, { presence: await tokenOf({ card }) })).toBe('done');
    });

    it('nor does one that ran out, a proof of the PIN, or one that somebody else signed', async () => {
      const { id, card, number } = await known();
      const presence = await tokenOf({ card });
      server.clock.nowMs = startMs + 15 * MINUTE_MS + 1000;
      expect(await take(id, { presence })).toBe('redemption.absent');
      server.clock.nowMs = startMs;
      const proof = await proofOf(id, await newPin(id));
      expect(await take(id, { presence: proof, pinProof: proof })).toBe('redemption.absent');
      const { shift } = await server.must('kiosk.state', { as: kiosk });
      const place = {
        villageId: server.id,
        kioskId: kiosk.device.id,
        shiftId: shift?.id ?? '',
        householdId: id,
      };
      const { items } = await server.must('cards.list', { as: server.admin, query: { householdId: id } });
      const shown = { how: 'card', cardIssuedAtMs: items[0]?.issuedAtMs ?? 0 } as const;
      const signed = (secret: string, purpose: string) =>
        signPresence(keysFor({ current: secret, previous: [] }, purpose), place, shown, startMs).token;
      const foreign = signed('a secret of somebody else, long enough', 'counter presences');
      expect(await take(id, { presence: foreign })).toBe('redemption.absent');
      expect(await take(id, { presence: signed(SECRETS.current, 'counter PINs') })).toBe('redemption.absent');
      const [head = '', , seal = ''] = presence.split('.');
      const number2 = Buffer.from(JSON.stringify({ kind: 'presence', sub: id, how: 'card' })).toString(
        'base64url',
      );
      expect(await take(id, { presence: `${head}.${number2}.${seal}` })).toBe('redemption.absent');
      expect(await take(id, { presence: number })).toBe('redemption.absent');
      // The same claims signed with the right key count: it was the seal that was missing.
      expect(await take(id, { presence: signed(SECRETS.current, 'counter presences') })).toBe('done');
    });

    it('by its number a household gives its PIN, though the village asks for none', async () => {
      const { id, number } = await known();
      const pin = await newPin(id);
      const presence = await tokenOf({ number });
      expect(await take(id, { presence })).toBe('redemption.pin_needed');
      expect(await take(id, { pinProof: await proofOf(id, pin) })).toBe('redemption.absent');
      expect(await take(id, { presence, pinProof: await proofOf(id, pin) })).toBe('done');
      const body = { householdId: id, lines: [{ goodsId, quantity: 1 }], expectedPoints: 18_000, presence };
      const again = await server.call('kiosk.redeem', { as: kiosk, body });
      expect(again.problem.detail).toContain('没有刷卡，要这户自己输密码才能办');
    });

    it('30 times an hour a volunteer comes to households without their cards, by whatever way', async () => {
      const [own, { id, number, card }] = [await server.asKiosk(), await known()];
      const pin = await newPin(id);
      const ways = [
        () => server.call('kiosk.lookup', { as: own, body: { number } }),
        () => server.call('kiosk.find', { as: own, body: { name: '王小明' } }),
        () => server.call('kiosk.statement', { as: own, body: { number, pin } }),
        () => server.call('kiosk.checkPin', { as: own, body: { householdId: id, pin } }),
      ];
      const codes: string[] = [];
      for (let count = 0; count < 34; count += 1) {
        const got = await ways[count % ways.length]?.();
        codes.push(got?.status === 200 ? 'found' : (got?.problem.code ?? ''));
      }
      expect(codes).toEqual([
        ...Array.from({ length: 30 }, () => 'found'),
        ...Array.from({ length: 4 }, () => 'kiosk.looked_often'),
      ]);
      // With the card everything goes on, also where the PIN is asked.
      const presence = await tokenOf({ card }, own);
      await server.must('kiosk.checkPin', { as: own, body: { householdId: id, pin, presence } });
      await server.must('kiosk.statement', { as: own, body: { householdId: id, presence } });
      expect(await take(id, { presence }, own)).toBe('done');
      // The desk is told once, however often it was tried again.
      const told = (await server.must('village.look', { as: server.admin })).items.filter(
        ({ kind }) => kind === 'looked',
      );
      const { items } = await server.must('volunteers.list', { as: server.admin });
      const name = items.find((one) => one.id === own.volunteerId)?.name;
      expect(told).toMatchObject([{ by: name, count: 30, atMs: startMs }]);
    });

    it('no statement is had by a household’s id alone', async () => {
      const [{ id }, neighbour] = [await known(), await known()];
      const presence = await tokenOf({ card: neighbour.card });
      const asked = { as: kiosk, body: { householdId: id, presence } };
      expect(await server.refused('kiosk.statement', asked)).toBe('redemption.absent');
    });

    it('what was handed out is answered again under its key after the presence has run out', async () => {
      const { id, card } = await known();
      const presence = await tokenOf({ card });
      const body = { householdId: id, lines: [{ goodsId, quantity: 1 }], expectedPoints: 18_000, presence };
      const sent = { as: kiosk, body, key: 'the-same-basket' };
      const first = await server.must('kiosk.redeem', sent);
      server.clock.nowMs = startMs + 20 * MINUTE_MS;
      expect(await server.must('kiosk.redeem', sent)).toEqual(first);
    });
  });
});
