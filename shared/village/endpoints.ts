import type { Place } from '../api-base.ts';

export const endpoints = {
  'setup.create': 'POST /setup',
  'setup.demo': 'POST /setup/demo',
  'village.get': 'GET /village',
  'village.update': 'PATCH /village',
  'village.summary': 'GET /village/summary',
  'village.home': 'GET /village/home',
  'village.look': 'GET /village/look',
  'village.opening': 'GET /village/opening',
  'village.open': 'POST /village/opening',
  'village.noteStep': 'POST /village/setup',
  'village.dashboard': 'GET /village/dashboard',
  'setup.status': 'GET /setup',
} as const satisfies Record<string, Place>;
