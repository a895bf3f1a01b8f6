/**
 * Waits until all of these are answered. Returns the error of the first that failed, in the order in which they were sent:
 * after a failed statement PostgreSQL refuses all that follow.
 */
export async function firstFailure(
  writes: readonly Promise<unknown>[],
): Promise<{ readonly error: unknown } | undefined> {
  const answers = await Promise.allSettled(writes);
  const failed = answers.find((one) => one.status === 'rejected');
  return failed && { error: failed.reason };
}
