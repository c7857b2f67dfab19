import { expect, it } from 'vitest';
import { parseReference } from '../../../src/cli/reference.ts';

it('knows tables by their words', () => {
  expect(parseReference('live', undefined)).toEqual({ kind: 'live' });
  expect(parseReference('empty', 'json')).toEqual({ kind: 'empty' });
  expect(parseReference('./live', undefined)).toEqual({ kind: 'file', path: './live', language: 'rules' });
});

it('takes the language of a file from its name, unless it is said', () => {
  const languageOf = (text: string, said?: 'rules' | 'config' | 'json') => {
    const reference = parseReference(text, said);
    return 'language' in reference ? reference.language : undefined;
  };
  expect(languageOf('edge.rules')).toBe('rules');
  expect(languageOf('/etc/sysconfig/ipvsadm')).toBe('rules');
  expect(languageOf('-')).toBe('rules');
  expect(languageOf('edge.ipvs')).toBe('config');
  expect(languageOf('table.json')).toBe('json');
  expect(languageOf('git:HEAD:edge.ipvs')).toBe('config');
  expect(languageOf('-', 'json')).toBe('json');
  expect(languageOf('edge.ipvs', 'rules')).toBe('rules');
  expect(languageOf('snapshot:table')).toBe('json');
});

it('takes prefixes apart', () => {
  expect(parseReference('snapshot:a:b', undefined)).toEqual({ kind: 'file', path: 'a:b', language: 'json' });
  expect(parseReference('git:v1.0:dir/a:b.rules', undefined)).toEqual({
    kind: 'git',
    revision: 'v1.0',
    path: 'dir/a:b.rules',
    language: 'rules',
  });
  expect(parseReference('git:HEAD', undefined)).toMatchObject({ kind: 'file', path: 'git:HEAD' });
  expect(parseReference('snapshot', undefined)).toMatchObject({ kind: 'file', path: 'snapshot' });
});
