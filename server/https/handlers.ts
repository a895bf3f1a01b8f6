import type { endpoints } from '../../shared/https/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { createHttpsView } from './https-view.ts';
import type { HttpsRoom } from './https-room.ts';

export interface HttpsServices {
  readonly https: HttpsRoom;
}

export function httpsHandlers({ https }: HttpsServices): HandlersOf<typeof endpoints> {
  const view = createHttpsView(https.files);
  return {
    'https.get': () => Promise.resolve({ ...view(), port: https.port() }),
  };
}
