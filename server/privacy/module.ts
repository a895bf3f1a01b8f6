import { erasureKind } from './erasure-kind.ts';
import { privacyHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const privacyModule = defineModule({
  name: 'privacy',
  handlers: privacyHandlers,
  proposalKinds: ({ erase }) => [erasureKind(erase)],
});
