/** `npm run test:faults -- --kills 100 --seed 42`, or `--long`; each test prints its seed. */
export const KILLS = Number(process.env.JISHAN_KILLS ?? (process.env.JISHAN_LONG ? 100 : 6));

export function chosenSeed(what: string): number {
  const seed = Number(process.env.JISHAN_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.info(`${what}: seed ${seed}`);
  return seed;
}
