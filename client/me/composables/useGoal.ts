import { useWrite } from '../../ui/useWrite.ts';
import { useAccount } from './useAccount.ts';

/** Chooses what to save for, or nothing any more. */
export function useGoal() {
  const { api, setGoal } = useAccount();
  const { run, busy, failure } = useWrite((goodsId: string | null, key: string) =>
    api.call('me.setGoal', { body: { goodsId }, key }),
  );
  return {
    busy,
    failure,
    async choose(goodsId: string | null): Promise<boolean> {
      const answer = await run(goodsId);
      if (answer) setGoal(answer.goal);
      return answer !== null;
    },
  };
}
