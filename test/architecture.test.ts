/** Owns the shape of the house: who may import whom, and what every file keeps to. */

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSourceFiles, root } from './support/source-files.ts';

const words = ['grammar/text', 'grammar/value', 'grammar/vocabulary', 'grammar/ast'];
const values = ['grammar/text', 'grammar/value'];

/** Each room and the rooms that it may import from; itself is understood. What is not here is forbidden. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'grammar/text': [],
  'grammar/value': ['grammar/text'],
  'grammar/vocabulary': values,
  'grammar/ast': [...values, 'grammar/vocabulary'],
  'grammar/argv.ts': words,
  'grammar/print': words,
  'grammar/plain-rules.ts': [...words, 'grammar/argv.ts'],
  'grammar/plain-config.ts': words,
  'grammar/parser': [...words, 'grammar/plain-rules.ts', 'grammar/plain-config.ts'],
  'src/model': values,
  'src/simulate': [...values, 'src/model'],
  'src/compile': [...words, 'grammar/print', 'grammar/plain-rules.ts', 'src/model', 'src/simulate'],
  'src/plan': [...values, 'src/model', 'src/simulate'],
  'src/apply': [...values, 'src/model', 'src/simulate', 'src/plan'],
  'src/wire': [...values, 'src/model'],
  'src/render': [...words, 'grammar/print', 'src/model', 'src/plan', 'src/apply'],
  'src/kernel': [...values, 'src/model', 'src/simulate', 'src/apply', 'src/wire'],
  'src/store': [...values, 'src/model', 'src/plan', 'src/apply'],
  'src/cli': [
    ...words,
    'grammar/argv.ts',
    'grammar/print',
    'grammar/parser',
    'src/model',
    'src/simulate',
    'src/compile',
    'src/plan',
    'src/apply',
    'src/wire',
    'src/render',
    'src/kernel',
    'src/store',
    'package.json',
  ],
};

/** The packages that the program is made with, and the rooms that may enter them. */
const packages: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ['grammar/parser'],
  'yargs/helpers': ['src/cli'],
  diff: ['src/cli', 'src/render'],
  execa: ['src/cli', 'src/kernel', 'src/store'],
  'netlink/dist/raw.js': ['src/kernel'],
};

/** The rooms that may do input and output. */
const edges = ['src/kernel', 'src/store', 'src/cli'];

const files = readSourceFiles(['grammar', 'src']);

/** `grammar/value`, `src/plan`: the first two parts of a path. */
function roomOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

test('every room is in the table', () => {
  expect(new Set(files.map(({ path }) => roomOf(path)))).toEqual(new Set(Object.keys(arrows)));
});

test('rooms import only what the table allows', () => {
  const forbidden = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, isFile }) => {
        const [from, to] = [roomOf(path), roomOf(target)];
        return isFile && from !== to && arrows[from]?.includes(to) !== true;
      })
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(forbidden).toEqual([]);
});

test('the rooms stand in an order: each imports only from those above it, so there is no cycle', () => {
  const rooms = Object.keys(arrows);
  const downwards = rooms.flatMap((room, index) =>
    (arrows[room] ?? []).filter((other) => rooms.indexOf(other) > index).map((other) => `${room} -> ${other}`),
  );
  expect(downwards).toEqual([]);
});

test('no file reaches itself through its imports, those of types included', () => {
  const importsOf = new Map(
    files.map(({ path, imports }) => [path, imports.filter(({ isFile }) => isFile).map(({ target }) => target)]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    if (done.has(path) || way.includes(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of importsOf.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

test('packages and Node itself are entered only by the rooms that may', () => {
  const wrong = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, isFile }) => {
        const rooms = target.startsWith('node:') ? edges : packages[target];
        return !isFile && rooms?.includes(roomOf(path)) !== true;
      })
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('one file knows npm netlink', () => {
  const importers = files.filter(({ imports }) => imports.some(({ target }) => target.startsWith('netlink')));
  expect(importers.map(({ path }) => path)).toHaveLength(1);
});

test('the parser is entered by dynamic imports only', () => {
  const statically = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, isDynamic }) => !isDynamic && roomOf(target) === 'grammar/parser')
      .filter(() => roomOf(path) !== 'grammar/parser')
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(statically).toEqual([]);
});

test('every file says first what it owns', () => {
  const silent = files.filter(({ lines: [first = '', second = '', third = ''] }) => {
    // A program's first line says what runs it.
    const opening = first.startsWith('#!') ? `${second}${third}` : `${first}${second}`;
    return !/^\/\*\*( \*)? Owns /.test(opening);
  });
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test('no file has outgrown its subject', () => {
  const long = files.filter(({ lines }) => lines.length - 1 > 400);
  expect(long.map(({ path, lines }) => `${path}: ${lines.length - 1} lines`)).toEqual([]);
});

test('files are named after the one thing that they own', () => {
  const paths = files.map(({ path }) => path);
  expect(paths.filter((path) => !/^[a-z0-9/-]+\.ts$/.test(path))).toEqual([]);
  expect(paths.filter((path) => /\/(index|utils?|helpers?|common|misc|types)\.ts$/.test(path))).toEqual([]);
});

/** Ways around the compiler and the reader. */
const forbiddenPatterns = [
  /@ts-(ignore|expect-error|nocheck)/,
  /(ox|es)lint-disable/,
  /prettier-ignore/,
  /\b(TODO|FIXME|XXX|HACK)\b/,
  /^(export )?(const )?enum /,
  /^export \* from /,
];

test('no file goes around the compiler, the linter or the reader', () => {
  const found = [...files, ...readSourceFiles(['test'])].flatMap(({ path, lines }) =>
    lines
      .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
      .filter(({ line }) => forbiddenPatterns.some((pattern) => pattern.test(line)))
      .map(({ line, place }) => `${place} ${line.trim()}`),
  );
  // This file has to name them.
  expect(found.filter((place) => !place.startsWith('test/architecture.test.ts:'))).toEqual([]);
});

/** What a person sees first, beside dot files. */
const topLevel = new Set([
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'examples',
  'grammar',
  'man',
  'package-lock.json',
  'package.json',
  'src',
  'test',
  'tsconfig.json',
]);

/** What git ignores. */
const made = new Set(['coverage', 'dist', 'node_modules']);

test('nothing is added to the top level of the repository', () => {
  const added = readdirSync(root).filter((name) => !name.startsWith('.') && !made.has(name) && !topLevel.has(name));
  expect(added).toEqual([]);
});
