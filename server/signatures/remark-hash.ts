import { sha256 } from '../documents/index.ts';

/** Binds a remark that may be erased later: without its salt nobody can try out what it said. */
export function remarkHash(salt: string, remark: string): string {
  return sha256(`${salt}\n${remark}`);
}
