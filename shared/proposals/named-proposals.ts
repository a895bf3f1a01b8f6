type Names = readonly string[] | undefined;

/** A command names proposals one by one, or by batch. */
export function isNamed(body: { ids?: unknown; batches?: unknown; batch?: unknown }): boolean {
  return [body.ids, body.batches, body.batch].some((named) => named !== undefined);
}

/** Nobody approves what they have not seen as it is now: each id comes with the mark of what was seen. */
export function isLookedAt(decision: { action: string; ids?: Names; marks?: Names }): boolean {
  const { action, ids = [], marks = [] } = decision;
  return action !== 'approve' || marks.length === ids.length;
}
