export { operations } from './contract.ts';
