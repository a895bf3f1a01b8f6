export { operations } from './contract.ts';
export { errorWords, tags } from './words.ts';
