import type { Example } from '../http/index.ts';

/** It is set, and prints, in the story of the shop. */
export const examples: readonly Example[] = [
  { name: 'printer', id: 'printers.get', as: 'committee' },
  {
    name: 'printer-needs-second',
    id: 'printers.set',
    as: 'admin',
    body: { host: '192.168.1.51', port: 9100, paper: 80, cuts: true },
    refused: 'change.needs_second',
  },
  {
    name: 'printer-elsewhere',
    id: 'printers.set',
    as: 'admin',
    body: { host: '203.0.113.7', port: 9100, paper: 58, cuts: true },
    refused: 'printer.unusable_address',
  },
  { name: 'printer-cleared', id: 'printers.clear', as: 'admin', body: {} },
  {
    name: 'printer-none',
    id: 'printers.test',
    as: 'admin',
    body: { language: 'zh' },
    refused: 'printer.none',
  },
];
