import { actsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const actsModule = defineModule({ name: 'acts', handlers: actsHandlers });
