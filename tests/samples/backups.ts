import type { endpoints } from '../../shared/backups/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

const UPLOAD = 'f'.repeat(24);
const BACKUP = 'jishan-20260101-030000-daily.backup';

export const samples: SamplesOf<typeof endpoints> = {
  'backups.list': () => ({}),
  'backups.make': () => ({ body: {} }),
  'backups.restoring': () => ({}),
  'backups.beginUpload': () => ({ body: { bytes: 1000 } }),
  'backups.addPiece': () => ({ params: { upload: UPLOAD }, query: { at: 0 }, body: new Uint8Array(1000) }),
  'backups.endUpload': () => ({ params: { upload: UPLOAD }, body: {} }),
  'backups.dropUpload': () => ({ params: { upload: UPLOAD }, body: {} }),
  // Not the password: what these do ends the walk for all who come after.
  'backups.download': () => ({ params: { name: BACKUP }, body: { password: 'not the password' } }),
  'backups.allowRestore': () => ({
    params: { name: BACKUP },
    body: { madeAtMs: 1, head: { number: 1, hash: '' } },
  }),
  'backups.restore': () => ({
    params: { name: BACKUP },
    body: { password: 'not the password', villageName: '前洼村' },
  }),
};
