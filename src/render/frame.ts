/** Owns the diagnostic as a person reads it: what is wrong, the line it stands in, a caret under exactly its span. */

import type { Diagnostic, Severity } from '../../grammar/text/diagnostic.ts';
import { lineText } from '../../grammar/text/source-text.ts';
import { type Span, placeOf, startOf } from '../../grammar/text/span.ts';
import { type Layout, plainLayout } from './layout.ts';
import { type Cell, cellsOf, visible, widthOf } from './visible.ts';

/** Never narrower than this, however narrow the terminal: a line that wraps is better than one that shows nothing. */
const narrowest = 40;

const ellipsis: Cell = { text: '…', width: 1 };

const printed = (cells: readonly Cell[]): string => cells.map(({ text }) => text).join('');

/** As many cells from the front of `cells` as fit, with an ellipsis for the rest. */
function cutEnd(cells: readonly Cell[], room: number): readonly Cell[] {
  if (widthOf(cells) <= room) return cells;
  const kept: Cell[] = [];
  let used = ellipsis.width;
  for (const cell of cells) {
    used += cell.width;
    if (used > room) break;
    kept.push(cell);
  }
  return [...kept, ellipsis];
}

/** As many cells from the back of `cells` as fit, with an ellipsis for the rest. */
function cutStart(cells: readonly Cell[], room: number): readonly Cell[] {
  return cutEnd(cells.toReversed(), room).toReversed();
}

/** The source line with its caret line; `room` is the width that both may take. */
function excerpt(span: Span, room: number): { line: string; indent: string; caret: string } {
  const whole = lineText(span.source, startOf(span).line);
  const start = span.start - (span.source.text.slice(0, span.start).lastIndexOf('\n') + 1);
  // Only what could be shown is laid out: a line may be megabytes long.
  const end = Math.min(whole.length, start + Math.max(0, span.end - span.start));
  const cutBefore = Math.max(0, start - 2 * room);
  const before = cellsOf((cutBefore > 0 ? '…' : '') + whole.slice(cutBefore, start));
  const marked = cellsOf(whole.slice(start, Math.min(end, start + 2 * room)), widthOf(before));
  const after = cellsOf(whole.slice(end, end + 2 * room), widthOf(before) + widthOf(marked));

  const shownMarked = cutEnd(marked, room - 2);
  const left = room - widthOf(shownMarked);
  const shownBefore = cutStart(before, Math.max(Math.floor(left / 2), left - widthOf(after)));
  const shownAfter = cutEnd(after, left - widthOf(shownBefore));
  return {
    line: printed(shownBefore) + printed(shownMarked) + printed(shownAfter),
    indent: ' '.repeat(widthOf(shownBefore)),
    caret: '^'.repeat(Math.max(1, widthOf(shownMarked))),
  };
}

/** The lines that show one place: ` --> file:line:column`, the source line, the caret. */
function placeLines(span: Span, meaning: Severity | 'faint', { width, paint }: Layout): string[] {
  const number = String(startOf(span).line);
  const gutter = ' '.repeat(number.length);
  const bar = paint('faint', '|');
  const { line, indent, caret } = excerpt(span, Math.max(narrowest, width - number.length - 3));
  return [
    `${gutter}${paint('faint', '-->')} ${visible(placeOf(span))}`,
    `${gutter} ${bar}`,
    `${paint('faint', number)} ${bar} ${line}`.trimEnd(),
    `${gutter} ${bar} ${indent}${paint(meaning, caret)}`,
  ];
}

/** One diagnostic as lines of text, without a line end behind the last. */
export function renderFrame(diagnostic: Diagnostic, layout: Layout = plainLayout): string {
  const { code, severity, message, span, related = [], suggestion } = diagnostic;
  const { paint } = layout;
  const title = `${paint(severity, `${severity}[${code}]`)}${paint('strong', `: ${visible(message)}`)}`;
  const places = span === undefined ? [] : placeLines(span, severity, layout);
  const explained = related.flatMap((place) =>
    [`${paint('strong', 'note')}: ${visible(place.message)}`].concat(placeLines(place.span, 'faint', layout)),
  );
  const help = suggestion === undefined ? [] : [`${paint('help', 'help')}: ${visible(suggestion)}`];
  return [title, ...places, ...explained, ...help].join('\n');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `3 errors, 1 warning, 2 notes`; empty if there is nothing to count. */
export function countsLine(diagnostics: readonly Diagnostic[]): string {
  const severities: readonly Severity[] = ['error', 'warning', 'note'];
  return severities
    .map((severity) => ({
      severity,
      count: diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity))
    .join(', ');
}

/** All diagnostics in their order, an empty line between two of them, and the line that counts them. */
export function renderFrames(diagnostics: readonly Diagnostic[], layout: Layout = plainLayout): string {
  if (diagnostics.length === 0) return '';
  return `${[...diagnostics.map((diagnostic) => renderFrame(diagnostic, layout)), countsLine(diagnostics)].join('\n\n')}\n`;
}
