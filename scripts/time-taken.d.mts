export function timeTaken(
  steps: readonly { title: string; ms: number }[],
  files: readonly { file: string; ms: number }[],
): string;
