export { errorWords } from './words.ts';
