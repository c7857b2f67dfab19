/** Owns what can be wrong with files, includes and lock files. */

import { quoted } from '../../../../grammar/text/quoted.ts';

interface Named {
  readonly name: string;
}

/** Files and includes. */
export const loading = {
  'unknown-version': {
    severity: 'error',
    message: ({ known }: { readonly known: string }) =>
      `this is not version ${known} of the language, which is all that this program reads`,
    explanation:
      'A file may begin with `ipvs 1`, which says in what version of the config language it is written. A file in another version needs a newer program; nothing else in it is looked at.',
  },
  'late-version': {
    severity: 'error',
    message: () => 'the version of the language stands in front of everything else',
    explanation:
      '`ipvs 1` decides how all that follows is read, so it has to be the first statement of its file, and the only one of its kind.',
  },
  'include-matches-nothing': {
    severity: 'error',
    message: ({ path }: { readonly path: string }) => `no file matches ${quoted(path)}`,
    explanation:
      'A pattern of `include` that matches no file is more often a wrong path than an empty directory. `include?` takes both.',
  },
  'unreadable-include': {
    severity: 'error',
    message: ({ name, why }: Named & { readonly why: string }) => `can't read ${quoted(name)}: ${why}`,
    explanation:
      'An included file must exist and be readable. Its path is relative to the file that includes it. `include?` does not mind a file that does not exist.',
  },
  'include-cycle': {
    severity: 'error',
    message: ({ names }: { readonly names: readonly string[] }) =>
      `files include each other in a circle: ${names.map(quoted).join(' -> ')}`,
    explanation: 'A file can not be a part of itself, neither directly nor through other files.',
  },
  'too-many-includes': {
    severity: 'error',
    message: ({ depth, files }: { readonly depth: number; readonly files: number }) =>
      `more than ${files} files, or more than ${depth} inside of each other`,
    explanation: 'Includes are limited so that a mistake (a pattern that matches a whole disk) ends in an answer.',
  },
  'included-twice': {
    severity: 'warning',
    message: ({ name }: Named) => `${quoted(name)} is included already, and once is enough`,
    explanation:
      'All files of a configuration declare into one space of names, so a file takes effect once, where it was included first. Two patterns that match the same file are a usual cause.',
  },
  'too-much-text': {
    severity: 'error',
    message: ({ most }: { readonly most: number }) =>
      `the files of this configuration have more than ${most} characters together`,
    explanation:
      'The size of a configuration is limited, so that a wrong path can not exhaust the memory of a director. A million backends take less.',
  },
  'bad-lock-line': {
    severity: 'error',
    message: () => 'a line of a lock file is a host name and at least one address',
    explanation: 'Lock files are written by `ipvstx lock` and not meant to be edited. Write it again.',
  },
  'unlocked-host': {
    severity: 'error',
    message: ({ host, lockFile }: { readonly host: string; readonly lockFile: string }) =>
      `${quoted(host)} is not in ${quoted(lockFile)}`,
    explanation:
      'Host names are never looked up while a table is applied: a director must come up when no name server does. `resolve("host")` takes the addresses that `ipvstx lock` wrote into the lock file beside the source, which belongs in git as well.',
  },
} as const;
