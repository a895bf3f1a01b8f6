import type { ActSpec } from '../acts/act-spec.ts';

/**
 * A write that may need a second person: what it does, as the one who decides reads it, and the fields that are shown. The
 * write itself says when it needs one (`needSecond` of server/changes).
 */
export interface GuardedSpec extends ActSpec {
  /** Agreeing allows something that is then done once, within a day. */
  readonly isPermit?: true;
}

/** The guarded writes of a domain, by the ids of their operations. */
export type GuardedOfDomain = Readonly<Record<`${string}.${string}`, GuardedSpec>>;
