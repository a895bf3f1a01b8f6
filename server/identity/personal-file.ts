import { PERSONAL_DEVICES, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { readDevice } from './devices.ts';
import { logInsOf, wrongTriesOf } from './personal.ts';

export async function logInsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [
    ['手机登录', await logInsPart(subject)],
    ['输错 PIN', await wrongTriesPart(subject)],
  ];
}

async function logInsPart({ reader, villageId, householdId, moment }: FileSubject) {
  const logIns = await logInsOf(reader, villageId, householdId);
  return logIns.map(({ device, helper, createdAtMs, expiresAtMs, revokedAtMs }) => {
    const { system, inWeChat } = readDevice(device);
    return {
      设备: inWeChat ? `${PERSONAL_DEVICES[system]} · ${WORDS.wechat}` : PERSONAL_DEVICES[system],
      帮看的人: helper,
      开始: moment(createdAtMs),
      到期: moment(expiresAtMs),
      结束: moment(revokedAtMs),
    };
  });
}

async function wrongTriesPart({ reader, villageId, householdId, moment }: FileSubject) {
  const tries = await wrongTriesOf(reader, villageId, householdId);
  return tries.map(({ by, failures, lockedUntilMs, updatedAtMs }) => ({
    在哪里: by in WORDS.by ? WORDS.by[by as keyof typeof WORDS.by] : by,
    次数: failures,
    锁到: lockedUntilMs === 0 ? null : moment(lockedUntilMs),
    最近一次: moment(updatedAtMs),
  }));
}
