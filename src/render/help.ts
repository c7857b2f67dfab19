/** Owns the layout of help texts. */

import { type Layout, plainLayout } from './layout.ts';

/** A term and what it means. */
export type HelpEntry = readonly [term: string, meaning: string];

/** A titled list of entries. */
export interface HelpSection {
  readonly title: string;
  readonly entries: readonly HelpEntry[];
}

/** What a help text says. */
export interface HelpTopic {
  readonly usage: string;
  readonly description: string;
  readonly sections: readonly HelpSection[];
}

/** Terms longer than this stand on a line of their own. */
const widestTerm = 28;

/** Cuts a paragraph into lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function sectionLines({ title, entries }: HelpSection, { width, paint }: Layout): readonly string[] {
  const fitting = entries.map(([term]) => term.length).filter((length) => length <= widestTerm);
  const column = Math.max(0, ...fitting) + 4;
  const margin = ' '.repeat(column);
  const lines = entries.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = wrap(meaning, Math.max(30, width - column)).map((line) => margin + line);
    if (term.length > widestTerm) return [`  ${term}`, first, ...rest];
    return [`  ${term}${first.slice(term.length + 2)}`.trimEnd(), ...rest];
  });
  return ['', paint('strong', `${title}:`), ...lines];
}

/** The whole text, with a line end behind the last line. */
export function renderHelp(topic: HelpTopic, layout: Layout = plainLayout): string {
  const lines = [
    `${layout.paint('strong', 'Usage:')} ${topic.usage}`,
    '',
    ...wrap(topic.description, layout.width),
    ...topic.sections.flatMap((section) => sectionLines(section, layout)),
  ];
  return `${lines.join('\n')}\n`;
}
