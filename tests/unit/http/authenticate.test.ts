import { describe, expect, it } from 'vitest';
import type { Tx } from '../../../db/index.ts';
import { createSharedLookUps } from '../../../server/http/authenticate.ts';
import type { Caller, Resolvers } from '../../../server/http/context.ts';
import { Refusal } from '../../../shared/errors.ts';

describe('look-ups of callers in a transaction', () => {
  const tokenOf = (text: string, shift: string | null = null) => ({ scheme: 'kiosk', text, shift });

  function begin() {
    const asked: string[] = [];
    const caller = { actor: { id: 'k1' } } as unknown as Caller;
    const never = () => Promise.reject(new Refusal('auth.required'));
    const resolvers: Resolvers = {
      staff: never,
      household: never,
      kiosk({ device, shift }, _tx, nowMs) {
        asked.push(`${device} ${shift ?? '-'} ${nowMs}`);
        return device === 'revoked' ? Promise.reject(new Refusal('kiosk.revoked')) : Promise.resolve(caller);
      },
    };
    const lookUp = createSharedLookUps(resolvers, () => 7);
    return { asked, caller, lookUp };
  }
  const newTx = () => ({}) as Tx;

  it('ask once for each token', async () => {
    const { asked, caller, lookUp } = begin();
    const tx = newTx();
    const found = await Promise.all(
      [
        tokenOf('a'),
        tokenOf('a'),
        tokenOf('b'),
        tokenOf('a', 's1'),
        tokenOf('a', 's2'),
        tokenOf('a', 's1'),
      ].map((token) => lookUp(tx, token)),
    );
    expect(found).toEqual(Array(6).fill(caller));
    expect(asked).toEqual(['a - 7', 'b - 7', 'a s1 7', 'a s2 7']);
  });

  it('ask again in every other transaction', async () => {
    const { asked, lookUp } = begin();
    for (let times = 0; times < 3; times += 1) await lookUp(newTx(), tokenOf('a'));
    expect(asked).toHaveLength(3);
  });

  it('refuse all who carry a token that does not count', async () => {
    const { asked, lookUp } = begin();
    const tx = newTx();
    const refused = await Promise.allSettled(Array.from({ length: 3 }, () => lookUp(tx, tokenOf('revoked'))));
    expect(refused.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(asked).toHaveLength(1);
  });
});
