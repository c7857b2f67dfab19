/** Owns the ways to name a table: `PATH`, `-`, `live`, `empty`, `snapshot:PATH`, `git:REV:PATH`, `generation:N`. */

/** A language that a table can be written in. */
export type Language = 'rules' | 'config' | 'json';

/** The languages, by the words of `--input-format`. */
export const languages = ['rules', 'config', 'json'] as const satisfies readonly Language[];

/** What a word of the command line names. `path` is `-` for standard input. */
export type Reference =
  | { readonly kind: 'live' | 'empty' }
  | { readonly kind: 'generation'; readonly number: number }
  | { readonly kind: 'file'; readonly path: string; readonly language: Language }
  | { readonly kind: 'git'; readonly revision: string; readonly path: string; readonly language: Language };

/** A file is in the language of its extension; everything that is not ours is taken for ipvsadm's. */
function languageOf(path: string): Language {
  if (path.endsWith('.ipvs')) return 'config';
  return path.endsWith('.json') ? 'json' : 'rules';
}

/** Reads a reference; `language` is what `--input-format` says. A file called `live` is reached as `./live`. */
export function parseReference(text: string, language: Language | undefined): Reference {
  if (text === 'live' || text === 'empty') return { kind: text };
  const [scheme, ...rest] = text.split(':');
  if (scheme === 'snapshot' && rest.length > 0) return { kind: 'file', path: rest.join(':'), language: 'json' };
  if (scheme === 'generation' && /^\d{1,9}$/.test(rest.join(':')))
    return { kind: 'generation', number: Number(rest[0]) };
  const [revision = '', ...path] = rest;
  if (scheme === 'git' && path.length > 0) {
    const file = path.join(':');
    return { kind: 'git', revision, path: file, language: language ?? languageOf(file) };
  }
  return { kind: 'file', path: text, language: language ?? languageOf(text) };
}
