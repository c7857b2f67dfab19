/** Owns the parts of a manual page that are made from tables: man(7) macros around texts. */

import type { HelpEntry } from './help.ts';

/** A text as roff takes it: no macro at its beginning, no escape, minus signs that can be copied. */
export function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^(?=[.'])/gm, '\\&');
}

/** A list of terms and what they mean. */
export function roffList(entries: readonly HelpEntry[]): string {
  return entries.map(([term, meaning]) => `.TP\n.B ${roff(term)}\n${roff(meaning)}\n`).join('');
}

/** A heading inside a section. */
export function roffHeading(title: string): string {
  return `.SS ${roff(title)}\n`;
}

/** A paragraph. */
export function roffParagraph(text: string): string {
  return `.PP\n${roff(text)}\n`;
}

/** A text that stays as it is, line by line. */
export function roffExample(text: string): string {
  return `.PP\n.nf\n${roff(text.trimEnd())}\n.fi\n`;
}

/**
 * Puts generated parts into a page that people wrote: a line `.\" generated: NAME` stands for the part of that name. An
 * unknown part, and one that the page has no place for, is a mistake of the page.
 */
export function fillManual(page: string, parts: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(parts));
  const filled = page.replaceAll(/^\.\\" generated: (\S+)\n/gm, (_line, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the manual asks for an unknown part "${name}"`);
    missing.delete(name);
    return part;
  });
  if (missing.size > 0) throw new Error(`the manual has no place for ${[...missing].join(', ')}`);
  return filled;
}
