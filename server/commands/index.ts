/** Commands: what is read, what is decided from it, and the rows that are written. It knows no domain. */
export { answeredBy, type Call, command, type Command, type Plan, onlyIf } from './command.ts';
export { inPieces, nextTurn, OutOfDate, ROWS_A_PIECE, runLongWrite } from './long-write.ts';
export { type CommandQueue, createCommandQueue } from './queue.ts';
export {
  type Answers,
  type Ask,
  askNow,
  type Asks,
  given,
  type Key,
  type Known,
  read,
  type Source,
  stored,
  together,
  type WorkingSet,
} from './read.ts';
export {
  type CommandObserver,
  type OnWritten,
  type Admission,
  type Outcome,
  runCommand,
  runCommands,
} from './run.ts';
