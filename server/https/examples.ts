import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [{ name: 'https', id: 'https.get' }];
