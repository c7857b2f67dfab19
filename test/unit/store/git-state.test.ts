/** Owns the proof of what the history learns from git about the file that was applied. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitStateOf } from '../../../src/store/git-state.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryDirectory } from '../../support/temporary-directory.mjs';

let directory: string;
const at = (name: string): string => join(directory, name);

function git(...words: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], { cwd: at('tables'), encoding: 'utf8', stdio: 'pipe' }).trim();
}

beforeEach(() => {
  directory = temporaryDirectory('git-state');
  mkdirSync(at('tables/site'), { recursive: true });
  writeFileSync(at('tables/site/a.rules'), '-A -t 192.0.2.1:80 -s rr\n');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'a table');
  writeFileSync(at('tables/new.rules'), '');
  writeFileSync(at('outside.rules'), '');
});

test('the commit of a tracked file, and whether the work tree differs from it', async () => {
  const commit = git('rev-parse', 'HEAD');
  const clean = { commit, dirty: false };
  expect(await gitStateOf(at('tables/site/a.rules'))).toEqual(clean);
  symlinkSync(at('tables/site'), at('link'));
  expect(await gitStateOf(at('link/a.rules'))).toEqual(clean);
  // There .git is a file.
  git('worktree', 'add', '--quiet', at('worktree'));
  expect(await gitStateOf(at('worktree/site/a.rules'))).toEqual(clean);
  writeFileSync(at('tables/site/a.rules'), '-A -t 192.0.2.1:80 -s wlc\n');
  expect(await gitStateOf(at('tables/site/a.rules'))).toEqual({ commit, dirty: true });
});

test('nothing of a file that git does not know, wherever it is', async () => {
  expect(await gitStateOf(at('tables/new.rules'))).toBeUndefined();
  expect(await gitStateOf(at('outside.rules'))).toBeUndefined();
  expect(await gitStateOf(at('missing/a.rules'))).toBeUndefined();
});

test('the history tells it', async () => {
  const lab = ['--kernel', `memory:${at('kernel.json')}`];
  const source = at('tables/site/a.rules');
  expect(await runCommand(['apply', source, '--yes', ...lab], { directory })).toMatchObject({ status: 0 });
  const { stdout } = await runCommand(['history', '--json', ...lab], { directory });
  expect(stdout).toContain(git('rev-parse', 'HEAD'));
});
