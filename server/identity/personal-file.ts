import { LOG_IN_PARTS, LOG_IN_TITLES, WRONG_TRIES_TITLES } from '../../shared/me/personal-file-words.ts';
import { PERSONAL_DEVICES, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { readDevice } from './devices.ts';
import { logInsOf, wrongTriesOf } from './personal.ts';

export async function logInsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [
    [LOG_IN_PARTS.logIns, await logInsPart(subject)],
    [LOG_IN_PARTS.wrongTries, await wrongTriesPart(subject)],
  ];
}

async function logInsPart({ reader, villageId, householdId, moment }: FileSubject) {
  const logIns = await logInsOf(reader, villageId, householdId);
  return logIns.map(({ device, helper, createdAtMs, expiresAtMs, revokedAtMs }) => {
    const { system, inWeChat } = readDevice(device);
    return titled(LOG_IN_TITLES, {
      device: inWeChat ? `${PERSONAL_DEVICES[system]} · ${WORDS.wechat}` : PERSONAL_DEVICES[system],
      helper,
      begun: moment(createdAtMs),
      expires: moment(expiresAtMs),
      ended: moment(revokedAtMs),
    });
  });
}

async function wrongTriesPart({ reader, villageId, householdId, moment }: FileSubject) {
  const tries = await wrongTriesOf(reader, villageId, householdId);
  return tries.map(({ by, failures, lockedUntilMs, updatedAtMs }) =>
    titled(WRONG_TRIES_TITLES, {
      by: by in WORDS.by ? WORDS.by[by as keyof typeof WORDS.by] : by,
      failures,
      lockedUntil: lockedUntilMs === 0 ? null : moment(lockedUntilMs),
      latest: moment(updatedAtMs),
    }),
  );
}
