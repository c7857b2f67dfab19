/** Owns the piece of a source text that a thing was written in. */

import { type Location, type SourceText, locate } from './source-text.ts';

/** `source.text.slice(start, end)`: offsets are UTF-16 code units from 0, `end` is behind the last one. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** Where a span begins, as people count. */
export function startOf(span: Span): Location {
  return locate(span.source, span.start);
}

/** The text that a span covers. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** `file:line:column`, the form that editors and terminals make clickable. */
export function placeOf(span: Span): string {
  const { line, column } = startOf(span);
  return `${span.source.name}:${line}:${column}`;
}
