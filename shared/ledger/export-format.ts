import { z } from 'zod';

export const exportFormat = z.enum(['csv', 'hledger', 'beancount', 'journal']);
export type ExportFormat = z.infer<typeof exportFormat>;
