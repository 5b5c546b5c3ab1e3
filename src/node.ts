export * from './from-files.ts';
export { readArray } from './host/files.ts';
export * from './index.ts';
