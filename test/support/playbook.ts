/** Owns the Ansible role under examples as tests play it: for one director, whose program they choose. */

import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const example = fileURLToPath(new URL('../../examples/ansible/', import.meta.url));

/** How a run of the playbook ended. */
interface Played {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these words and additions to the environment. */
type Run = (
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<Played>;

/**
 * Sets the playbook up in a directory: its tables, which a test may change, are in `tables`, what the director keeps for
 * the next boot in `kept`. As long as there is a file `unreachable`, nobody can confirm. `program` is a line of shell that
 * goes on with the words of a call. The answer plays it: what that printed, if it ended with the expected status.
 */
export function setUpPlaybook(
  directory: string,
  program: string,
  run: Run,
): (status: number, ...options: readonly string[]) => Promise<string> {
  const at = (name: string): string => join(directory, name);
  cpSync(join(example, 'tables'), at('tables'), { recursive: true });
  writeFileSync(at('ipvstx'), `#!/bin/sh\n[ "$1" = confirm ] && [ -e ${at('unreachable')} ] && exit 1\n${program}\n`);
  chmodSync(at('ipvstx'), 0o755);
  writeFileSync(at('directors.ini'), '[directors]\ndirector-1 ansible_connection=local ansible_host=127.0.0.1\n');
  const variables = {
    ansible_become: false,
    ansible_python_interpreter: '/usr/bin/python3',
    ipvstx_files: `${at('tables')}/`,
    ipvstx_program: at('ipvstx'),
    ipvstx_arguments: ['--site', 'ams'],
    ipvstx_directory: at('kept'),
    ipvstx_staging: at('staging'),
    ipvstx_confirm_within: 10,
    ipvstx_apply_within: 12,
  };
  writeFileSync(at('variables.json'), JSON.stringify(variables));
  const environment = { ANSIBLE_NOCOLOR: '1', LC_ALL: 'C.UTF-8' };
  return async (status, ...options) => {
    const words = ['-i', at('directors.ini'), '-e', `@${at('variables.json')}`, join(example, 'site.yml'), ...options];
    const played = await run('ansible-playbook', words, environment);
    if (played.status === status) return played.stdout;
    throw new Error(`the playbook ended with ${played.status}:\n${played.stdout}${played.stderr}`);
  };
}
