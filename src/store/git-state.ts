/** Owns what git says about the source of a table. */

import { basename, dirname } from 'node:path';
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

/** The state of the work tree that holds a file; undefined if there is none, or no git, or git does not trust it. */
export async function gitStateOf(path: string): Promise<GitState | undefined> {
  const git = (...words: readonly string[]) => runCommand('git', ['-C', dirname(path), ...words]);
  try {
    const tracked = await git('ls-files', '--error-unmatch', '--', basename(path));
    const commit = await git('rev-parse', 'HEAD');
    const status = await git('status', '--porcelain', '--untracked-files=no');
    if (tracked.code !== 0 || commit.code !== 0 || status.code !== 0) return undefined;
    return { commit: commit.output.trim(), dirty: status.output !== '' };
  } catch {
    // Without git nothing is known, which is no reason to stop.
    return undefined;
  }
}
