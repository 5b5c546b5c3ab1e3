/** The commands on a pair of arrays. They share nearly all their code, which loads faster as one file than in parts. */
export { demoCommand } from './demo.ts';
export { diagnoseCommand } from './diagnose.ts';
export { dialectsCommand } from './dialects.ts';
export { lossesCommand } from './losses.ts';
