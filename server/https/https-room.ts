import { hostname } from 'node:os';
import type { Reader } from '../../db/index.ts';
import { villagesSettings } from '../village/index.ts';
import { type NameSources, wantedNames } from './certificate-names.ts';
import type { HttpsFiles } from './https-files.ts';
import { namesOf } from './issue-certificates.ts';

/** https as the server has it: its files, and the port where it listens now. */
export interface HttpsRoom {
  readonly files: HttpsFiles;
  readonly port: () => number | null;
}

/** The name of the authority on the devices that install it. */
export function authorityName(hostName: string = hostname()): string {
  return `Jishan ${hostName.slice(0, 40)}`;
}

/** The hosts that villages chose. None while there is no database. */
export async function chosenHosts(reader: Reader): Promise<string[]> {
  const villages = await villagesSettings(reader);
  return villages.flatMap(({ settings: { address } }) => (address === null ? [] : [hostOf(address.origin)]));
}

export function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

/** The names that a certificate of this computer should have, with those it had before. */
export function namesHere(
  files: HttpsFiles,
  sources: Omit<NameSources, 'hostName' | 'before'>,
  hostName: string = hostname(),
): string[] {
  const before = files.own();
  return wantedNames({ ...sources, hostName, before: before === null ? [] : namesOf(before) });
}
