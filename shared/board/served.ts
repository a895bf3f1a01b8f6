export { operations } from './contract.ts';
export { tags } from './words.ts';
