import type { Endpoint } from './kernel-options.ts';

const GUESSED =
  /^(?:session\.(?:login|refresh|changePassword)|me\.login|kiosk\.(?:pair|signIn)|setup\.(?:create|demo))$/;

/** Endpoints at which somebody could guess a password, PIN or code are limited more tightly than the rest. */
export function isLogIn({ id }: Pick<Endpoint, 'id'>): boolean {
  return GUESSED.test(id);
}

/** Whether the path, under the API's own, is that of one of these endpoints. */
export function pathsOf(endpoints: readonly Endpoint[]): (method: string, path: string) => boolean {
  const patterns = endpoints.map(({ method, path }) => ({
    method,
    path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i'),
  }));
  return (method, path) => patterns.some((one) => one.method === method && one.path.test(path));
}
