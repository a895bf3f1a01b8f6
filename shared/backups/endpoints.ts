import type { Place } from '../api-base.ts';

export const endpoints = {
  'backups.list': 'GET /backups',
  'backups.make': 'POST /backups',
  'backups.beginUpload': 'POST /backups/uploads',
  'backups.addPiece': 'POST /backups/uploads/:upload/pieces',
  'backups.endUpload': 'POST /backups/uploads/:upload/end',
  'backups.dropUpload': 'POST /backups/uploads/:upload/drop',
  'backups.restoring': 'GET /backups/restoring',
  'backups.download': 'POST /backups/:name/file',
  'backups.allowRestore': 'POST /backups/:name/permit',
  'backups.restore': 'POST /backups/:name/restoration',
} as const satisfies Record<string, Place>;
