let typed: string | null = null;

/** Remembers the one-time password of a log-in just now. It stands in this page's memory and nowhere else. */
export function keepOneTime(password: string): void {
  typed = password;
}

/** Takes it once, for the page that asks for a new one: nobody types the same thing twice in a minute. */
export function takeOneTime(): string | null {
  const taken = typed;
  typed = null;
  return taken;
}
