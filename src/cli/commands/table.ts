/** Owns the table of commands, in the order in which the help text names them. */

import type { Command } from '../command.ts';
import { applyCommand } from './apply.ts';
import { checkCommand } from './check.ts';
import { compileCommand } from './compile.ts';
import { completionCommand } from './completion.ts';
import { confirmCommand } from './confirm.ts';
import { connectionsCommand } from './connections.ts';
import { diffCommand } from './diff.ts';
import { drainCommand } from './drain.ts';
import { driftCommand } from './drift.ts';
import { fmtCommand } from './fmt.ts';
import { helpCommand } from './help.ts';
import { historyCommand } from './history.ts';
import { listCommand } from './list.ts';
import { lockCommand } from './lock.ts';
import { metricsCommand } from './metrics.ts';
import { planCommand } from './plan.ts';
import { recoverCommand } from './recover.ts';
import { restoreCommand } from './restore.ts';
import { rollbackCommand } from './rollback.ts';
import { saveCommand } from './save.ts';
import { showCommand } from './show.ts';
import { statusCommand } from './status.ts';
import { undrainCommand } from './undrain.ts';
import { versionCommand } from './version.ts';
import { weightCommand } from './weight.ts';

/** Every command but `ipvsadm`, which has a command line of its own. */
export const commands: readonly Command[] = [
  checkCommand,
  fmtCommand,
  lockCommand,
  compileCommand,
  planCommand,
  showCommand,
  applyCommand,
  confirmCommand,
  rollbackCommand,
  recoverCommand,
  historyCommand,
  diffCommand,
  saveCommand,
  restoreCommand,
  listCommand,
  connectionsCommand,
  statusCommand,
  driftCommand,
  weightCommand,
  drainCommand,
  undrainCommand,
  metricsCommand,
  completionCommand(() => commands),
  versionCommand,
  helpCommand(() => commands),
];
