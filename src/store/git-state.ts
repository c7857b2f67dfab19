/** Owns what git says about the source of a table. */

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as json from '../model/json-codec.ts';
import { runCommand } from './command.ts';

/** Where a table came from, if its source is in a git work tree. */
export interface GitState {
  readonly commit: string;
  /** Whether the work tree differs from the commit: an include may be what was edited. */
  readonly dirty: boolean;
}

/** Its JSON form. */
export const gitStateCodec = json.object(
  json.record<GitState>({
    commit: json.required(
      'commit',
      json.text((text) => text, 'a text', {}),
    ),
    dirty: json.required('dirty', json.flag),
  }),
);

/** Whether git would look for a work tree here at all: to start it takes longer than a small apply. */
function mayBeTracked(path: string): boolean {
  let directory = realpathSync(dirname(path));
  while (!existsSync(join(directory, '.git'))) {
    const above = dirname(directory);
    if (above === directory) return false;
    directory = above;
  }
  return true;
}

/** The state of the work tree that holds a file; undefined if there is none, or no git, or git does not trust it. */
export async function gitStateOf(path: string): Promise<GitState | undefined> {
  const git = async (...words: readonly string[]): Promise<string | undefined> => {
    const { code, output } = await runCommand('git', ['-C', dirname(path), ...words]);
    return code === 0 ? output : undefined;
  };
  try {
    if (!mayBeTracked(path)) return undefined;
    if ((await git('ls-files', '--error-unmatch', '--', basename(path))) === undefined) return undefined;
    const commit = await git('rev-parse', 'HEAD');
    const status = await git('status', '--porcelain', '--untracked-files=no');
    return commit === undefined || status === undefined ? undefined : { commit: commit.trim(), dirty: status !== '' };
  } catch {
    // Without git nothing is known, which is no reason to stop.
    return undefined;
  }
}
