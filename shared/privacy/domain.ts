export { endpoints } from './endpoints.ts';
export { proposalKinds } from './proposal-kinds.ts';
