import { API_BASE } from '../../shared/api-base.ts';
import type { Endpoint } from './kernel-options.ts';

/** Returns a test whether a path belongs to one of these endpoints. */
export function pathsOf(endpoints: readonly Endpoint[]): (method: string, path: string) => boolean {
  const patterns = endpoints.map(({ method, path }) => ({
    method,
    path: new RegExp(`^${API_BASE}${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i'),
  }));
  return (method, path) => patterns.some((one) => one.method === method && one.path.test(path));
}
