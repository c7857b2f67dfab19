/** Owns the proof that grammar/README.md describes the parsers as they are. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigParser } from '../../../grammar/parser/config-parser.ts';
import { RulesParser } from '../../../grammar/parser/rules-parser.ts';
import { ebnfOf } from '../../support/ebnf.ts';

const text = readFileSync(new URL('../../../grammar/README.md', import.meta.url), 'utf8');

/** The part of a chapter up to the next one of its level. */
function chapter(title: string): string {
  const [, ...parts] = text.split(/^## /m);
  const part = parts.find((part) => part.startsWith(title));
  if (part === undefined) throw new Error(`no chapter begins with "${title}"`);
  return part;
}

/** The lines of a chapter's grammar. */
function documented(part: string): readonly string[] {
  const [, block = ''] = /```ebnf\n([^]*?)```/.exec(part) ?? [];
  return block.trim().split('\n');
}

test('the productions of the rules language', () => {
  expect(documented(chapter('The rules language'))).toEqual(ebnfOf(new RulesParser(false)));
});

test('the productions of the config language', () => {
  const parser = new ConfigParser({ skipValidations: true });
  expect(documented(chapter('The config language'))).toEqual(ebnfOf(parser));
});

test('every token of the rules language is explained', () => {
  const part = chapter('The rules language');
  const tokens = new Set(documented(part).flatMap((rule) => rule.match(/\b[A-Z]\w+/g) ?? []));
  const explained = new Set(part.match(/(?<=^\| [^|]*`)[A-Z]\w+(?=`[^|]* \|)/gm));
  expect(explained).toEqual(tokens);
});

test('every rule of the config parser shows its production', () => {
  const files = ['config-values.ts', 'config-settings.ts', 'config-parser.ts'];
  const read = (name: string) => readFileSync(new URL(`../../../grammar/parser/${name}`, import.meta.url), 'utf8');
  const shown = files.flatMap((name) => read(name).match(/(?<=\/\*\* `)\w+ = .*?(?=`)/g) ?? []);
  // The blocks are made by one method, which shows theirs.
  const rules = ebnfOf(new ConfigParser({ skipValidations: true })).filter((rule) => !rule.includes('[ "}" ]'));
  expect(shown.map((rule) => `${rule} ;`)).toEqual(rules);
});

test('every token of the config language is explained', () => {
  const part = chapter('The config language');
  const tokens = new Set(documented(part).flatMap((rule) => rule.match(/\b[A-Z]{2,}\b/g) ?? []));
  const explained = new Set(part.match(/(?<=^\| `)[A-Z]+(?=` \|)/gm));
  expect(explained).toEqual(tokens);
});
