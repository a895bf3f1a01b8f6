/**
 * Which of the codes a camera sees are scans. A code counts when it comes into view, and again only after it has
 * been out of view for a while: one held before the camera is one scan, however long.
 */
export interface Sightings {
  /** The codes seen in one picture; answers those that count as scanned now. */
  readonly see: (codes: readonly { text: string; format: string }[], nowMs: number) => string[];
}

/** A hand shakes, a picture blurs: only after this long unseen has a code left. */
const GONE_AFTER_MS = 1200;

interface Sighting {
  seenAtMs: number;
  times: number;
}

export function createSightings(): Sightings {
  const inView = new Map<string, Sighting>();

  return {
    see(codes, nowMs) {
      for (const [text, { seenAtMs }] of inView) if (nowMs - seenAtMs > GONE_AFTER_MS) inView.delete(text);
      const scanned: string[] = [];
      for (const { text, format } of codes) {
        const sighting = inView.get(text) ?? { seenAtMs: nowMs, times: 0 };
        sighting.seenAtMs = nowMs;
        sighting.times += 1;
        inView.set(text, sighting);
        if (sighting.times === picturesNeeded(format)) scanned.push(text);
      }
      return scanned;
    },
  };
}

/** Half a 2-of-5 code looks like a whole one: it has to be read twice alike. The others check themselves. */
function picturesNeeded(format: string): number {
  return format === 'itf' ? 2 : 1;
}
