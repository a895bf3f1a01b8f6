const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Options of every connection, so that nobody waits for ever for a database that is gone. `?connect_timeout=5` in
 * the address is in seconds, which is the rule of PostgreSQL; pg itself does not read it.
 */
export function keptAlive(url: string) {
  const seconds = URL.canParse(url) ? Number(new URL(url).searchParams.get('connect_timeout')) : 0;
  return {
    connectionTimeoutMillis: seconds > 0 ? seconds * 1000 : CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
}
