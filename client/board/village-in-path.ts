/** /board/<village> shows that village; /board alone asks which, or shows the only one. */
export function villageInPath(path: string): string | null {
  return /^\/board\/([A-Za-z0-9_-]{1,64})\/?$/.exec(path)?.[1] ?? null;
}
