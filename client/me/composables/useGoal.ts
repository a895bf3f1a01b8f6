import { useIntent } from '../../intent/useIntent.ts';
import { useAccount, type Goal } from './useAccount.ts';

interface Choice {
  readonly goodsId: string | null;
}

/** Chooses what to save for, or nothing any more. */
export function useGoal(chosen: (goal: Goal | null) => void) {
  const { api, setGoal } = useAccount();
  return useIntent({
    send: ({ goodsId }: Choice, key) => api.call('me.setGoal', { body: { goodsId }, key }),
    booked({ goal }) {
      setGoal(goal);
      chosen(goal);
    },
  });
}
