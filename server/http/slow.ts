import type { EndpointId } from '../../shared/endpoints.ts';

/** Whether this may take minutes: it gets a deadline of its own, and no place in a commit that others wait for. */
export function isSlow(id: EndpointId): boolean {
  return SLOW.has(id);
}

const SLOW: ReadonlySet<EndpointId> = new Set([
  'setup.demo',
  'imports.read',
  'imports.correct',
  'imports.commit',
  'proposals.decide',
  'ledger.verify',
  'ledger.export',
  'backups.make',
  'backups.download',
  'backups.addPiece',
  'backups.endUpload',
  'backups.restore',
  'households.export',
  'households.personalData',
  'me.personalData',
] as const);
