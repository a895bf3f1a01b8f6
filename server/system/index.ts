/** The program about itself: whether it is alive and ready, and its figures. */
import type { Metrics } from './metrics.ts';

export type { Metrics, Observers } from './metrics.ts';

/** Figures for Prometheus. Their library is loaded only if they are asked for. */
export async function createMetrics(): Promise<Metrics> {
  const { createMetrics: create } = await import('./metrics.ts');
  return create();
}
