/** Owns the proof that the hook and the workflow of the examples do what they say, in a real repository. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle, program } from '../../../src/packaging/build.mjs';

const examples = join(import.meta.dirname, '../../../examples/review');

let scratch: string;
let repository: string;

const good = `service web {
  tcp 192.0.2.10 port 80
  forward masq
  backend 10.0.1.11
}
`;
const more = good.replace('.11\n', '.11\n  backend 10.0.1.12\n');

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-review-'));
  await bundle(program, join(scratch, 'dist'));
  mkdirSync(join(scratch, 'bin'));
  symlinkSync(join(scratch, 'dist/ipvstx.js'), join(scratch, 'bin/ipvstx'));
  // Nobody can post to GitHub from here: what it is called with, and the file that it would post, are kept.
  writeFileSync(join(scratch, 'bin/gh'), '#!/bin/sh\necho "$@" >gh.txt\ncat "$5" >>gh.txt\n');
  chmodSync(join(scratch, 'bin/gh'), 0o755);
});

afterAll(() => rmSync(scratch, { recursive: true }));

/** Only what the scripts are given: a run of these tests may itself be in a hook. */
function environment(added: Readonly<Record<string, string>> = {}): Record<string, string> {
  const path = [join(scratch, 'bin'), join(process.execPath, '..'), process.env['PATH'] ?? ''].join(':');
  const author = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  return { PATH: path, HOME: scratch, LC_ALL: 'C', ...author, ...added };
}

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { cwd: repository, env: environment(), encoding: 'utf8', stdio: 'pipe' });
}

/** Writes the file and tries to commit it. */
function commit(text: string) {
  writeFileSync(join(repository, 'edge.ipvs'), text);
  git('add', '.');
  return spawnSync('git', ['commit', '-qm', 'a change'], { cwd: repository, env: environment(), encoding: 'utf8' });
}

beforeEach(() => {
  repository = mkdtempSync(join(scratch, 'repository-'));
  git('init', '-q', '-b', 'main');
});

describe('the hook', () => {
  beforeEach(() => {
    copyFileSync(join(examples, 'pre-commit'), join(repository, '.git/hooks/pre-commit'));
    git('config', '--add', 'ipvstx.source', 'edge.ipvs');
  });

  it('lets a good file pass and shows what it does', () => {
    const { status, stderr } = commit(good);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toContain('+ service tcp 192.0.2.10 port 80: none\n');
    const next = commit(more);
    expect(next).toMatchObject({ status: 0 });
    expect(next.stderr).toContain('+ service tcp 192.0.2.10 port 80 backend 10.0.1.12 port 80: new-flows\n');
  });

  it('keeps out what is not formatted, and what is wrong, whatever the work tree has', () => {
    const unformatted = commit(good.replace('  tcp', ' tcp'));
    expect(unformatted.status).not.toBe(0);
    expect(`${unformatted.stdout}${unformatted.stderr}`).toContain('edge.ipvs');

    writeFileSync(join(repository, 'edge.ipvs'), good.replace('backend 10', 'bakcend 10'));
    git('add', '.');
    writeFileSync(join(repository, 'edge.ipvs'), good);
    const wrong = spawnSync('git', ['commit', '-qm', 'x'], { cwd: repository, env: environment(), encoding: 'utf8' });
    expect(wrong.status).not.toBe(0);
    expect(wrong.stderr).toContain('did you mean backend?');
    expect(git('rev-list', '--all')).toBe('');
  });

  it('says nothing of a commit without tables', () => {
    writeFileSync(join(repository, 'README'), 'x');
    git('add', '.');
    expect(git('commit', '-qm', 'x')).toBe('');
  });
});

describe('the workflow', () => {
  /** The scripts of its steps, by name. */
  function steps(): ReadonlyMap<string, string> {
    const text = readFileSync(join(examples, 'workflow.yml'), 'utf8');
    const found = text.matchAll(/ +- name: (\w+)\n +run: \|\n((?: {10}.*\n)+)/g);
    return new Map(Array.from(found, ([, name = '', script = '']) => [name, script.replaceAll(/^ {10}/gm, '')]));
  }

  function runStep(name: string) {
    const revisions = { BASE: git('rev-parse', 'HEAD~').trim(), HEAD: git('rev-parse', 'HEAD').trim() };
    const given = { SOURCE: 'edge.ipvs', PULL_REQUEST: '7', GITHUB_STEP_SUMMARY: join(repository, 'summary.md') };
    const options = { cwd: repository, env: environment({ ...given, ...revisions }), encoding: 'utf8' } as const;
    // As GitHub starts it.
    return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', steps().get(name) ?? 'exit 99'], options);
  }

  it('annotates, and posts the plan between two revisions', () => {
    commit(good);
    commit(more);
    expect([...steps().keys()]).toEqual(['Format', 'Check', 'Plan']);
    for (const name of steps().keys()) {
      const { status, stderr } = runStep(name);
      expect({ name, status, stderr }).toMatchObject({ status: 0 });
    }
    const summary = readFileSync(join(repository, 'summary.md'), 'utf8');
    expect(summary).toContain('10.0.1.12 port 80');
    expect(readFileSync(join(repository, 'gh.txt'), 'utf8')).toBe(`pr comment 7 --body-file plan.md\n${summary}`);
  });

  it('fails where the file is wrong, at the line', () => {
    commit(good);
    commit(good.replace('backend 10', 'bakcend 10'));
    const { status, stdout } = runStep('Check');
    expect(status).toBe(3);
    expect(stdout).toContain('::error file=edge.ipvs,line=4');
  });
});
