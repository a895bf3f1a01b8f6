/** Counts the bytes that each caller holds, up to one limit for each. */
export interface Budget {
  /** Takes bytes for `who` and returns the function that gives them back; null if they would pass the limit. */
  hold(who: string, bytes: number): (() => void) | null;
}

export function createBudget(bytesMax: number): Budget {
  const held = new Map<string, number>();
  return {
    hold(who, bytes) {
      const before = held.get(who) ?? 0;
      if (before + bytes > bytesMax) return null;
      held.set(who, before + bytes);
      return () => {
        const left = (held.get(who) ?? 0) - bytes;
        if (left > 0) held.set(who, left);
        else held.delete(who);
      };
    },
  };
}
