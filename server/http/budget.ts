/** A number of bytes that several may hold at once, up to a limit for each of them. */
export interface Budget {
  /** Takes so many bytes for somebody, and answers how they are given back; null where they would be too many. */
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
