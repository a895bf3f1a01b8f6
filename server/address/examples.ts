import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'address', id: 'address.get', as: 'committee' },
  {
    name: 'address-chosen',
    id: 'address.choose',
    as: 'admin',
    body: { origin: 'http://192.168.1.10:8080', isKept: true },
  },
  {
    name: 'address-of-this-computer',
    id: 'address.choose',
    as: 'admin',
    body: { origin: 'http://localhost:8080', isKept: false },
    refused: 'address.only_here',
  },
];
