export { operations } from './contract.ts';
export { errorWords } from './words.ts';
