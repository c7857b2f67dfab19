/** Owns the proof that Debian's man renders every page of man/ without a warning. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../man/', import.meta.url));
const pages = readdirSync(folder).filter((name) => /\.\d$/.test(name));

function readPage(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** What man makes of a page at 80 columns, and what it complains of. */
function render(input: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { MANWIDTH: '80', LC_ALL: 'C.UTF-8', MANROFFSEQ: '', MANPAGER: 'cat' };
  return execa('man', ['--warnings', '--encoding=UTF-8', '--local-file', '-'], { env, input });
}

test.each(pages)('%s', async (name) => {
  const { stdout, stderr } = await render(readPage(name));
  expect(stderr).toBe('');
  expect(stdout).toContain('NAME');
});

test('every page is there, and a mistake in one would be seen', async () => {
  expect(pages).toEqual(['ipvstx-ipvsadm.8', 'ipvstx.8', 'ipvstx.conf.5']);
  const { stderr } = await render(`${readPage('ipvstx.8')}.NOMACRO\n`);
  expect(stderr).toContain('NOMACRO');
});
