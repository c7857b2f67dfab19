import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { Span } from '../../../grammar/text/span.ts';
import { countsLine, renderFrame, renderFrames } from '../../../src/render/frame.ts';
import { coloured, plain } from '../../../src/render/paint.ts';

/** The span of the first `part` in `text`. */
function spanIn(text: string, part: string, name = 'site.rules'): Span {
  const start = text.indexOf(part);
  return { source: { name, text }, start, end: start + part.length };
}

function mistake(span: Span, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'some-code', severity: 'error', message: 'something is wrong', span, ...more };
}

/** What stands above the carets of the last frame line. */
function underlined(frame: string): string {
  const lines = frame.split('\n');
  const caretLine = lines.findIndex((line) => /^ *\| *\^+$/.test(line));
  const carets = lines[caretLine] ?? '';
  return (lines[caretLine - 1] ?? '').slice(carets.indexOf('^'));
}

describe('renderFrame', () => {
  it('shows the place, the line, the caret and the suggestion', () => {
    const text = '# comment\n-A -t 10.0.0.1:80 -s lww\n';
    const frame = renderFrame(mistake(spanIn(text, 'lww'), { suggestion: 'did you mean "wlc"?' }));
    expect(frame).toBe(
      [
        'error[some-code]: something is wrong',
        ' --> site.rules:2:22',
        '  |',
        '2 | -A -t 10.0.0.1:80 -s lww',
        '  |                      ^^^',
        'help: did you mean "wlc"?',
      ].join('\n'),
    );
  });

  it('shows related places behind the first one', () => {
    const text = '-A -t 10.0.0.1:80\n-A -t 10.0.0.1:80\n';
    const second = { source: { name: 'site.rules', text }, start: 24, end: 35 };
    const frame = renderFrame(
      mistake(second, { related: [{ message: 'first added here', span: spanIn(text, '10.0.0.1:80') }] }),
    );
    expect(frame).toContain('--> site.rules:2:7');
    expect(frame).toContain(
      'note: first added here\n --> site.rules:1:7\n  |\n1 | -A -t 10.0.0.1:80\n  |       ^^^^^^^^^^^',
    );
  });

  it('puts the caret under its span behind tabs, wide and combined characters', () => {
    for (const before of ['\t\t', 'a\tb ', '東京 ', 'e\u0301e\u0301 ', '🚀 ']) {
      const frame = renderFrame(mistake(spanIn(`${before}here after`, 'here')));
      const [line = '', carets = ''] = frame.split('\n').slice(-2);
      expect(carets.match(/\^+/)?.[0]).toHaveLength(4);
      // Wide characters take two columns but one (or two) code units, so the prefix is measured as a terminal would.
      const columns = Array.from(line.slice(0, line.indexOf('here'))).reduce(
        (sum, character) => sum + (/[東京🚀]/u.test(character) ? 2 : /\u0301/.test(character) ? 0 : 1),
        0,
      );
      expect(carets.indexOf('^')).toBe(columns);
    }
  });

  it('marks a place of no length and a place behind the last line', () => {
    const source = { name: 'a', text: '-A\n' };
    expect(renderFrame(mistake({ source, start: 2, end: 2 }))).toContain('1 | -A\n  |   ^');
    expect(renderFrame(mistake({ source, start: 3, end: 3 }))).toMatch(/--> a:2:1\n {2}\|\n2 \|\n {2}\| \^$/);
  });

  it('marks only the first line of a span over several', () => {
    const text = 'one two\nthree';
    expect(underlined(renderFrame(mistake(spanIn(text, 'two\nthree'))))).toBe('two');
    expect(renderFrame(mistake(spanIn(text, 'two\nthree')))).toMatch(/\^\^\^$/);
  });

  it('cuts a long line around its span', () => {
    const text = `${'a'.repeat(500)} here ${'b'.repeat(500)}`;
    const frame = renderFrame(mistake(spanIn(text, 'here')), { width: 60, paint: plain });
    for (const line of frame.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(underlined(frame)).toMatch(/^here b+…$/);
    expect(frame).toMatch(/\| …a+ here/);
  });

  it('cuts a span that is longer than the line', () => {
    const text = `x ${'y'.repeat(1_000_000)} z`;
    const frame = renderFrame(mistake(spanIn(text, 'y'.repeat(1_000_000))), { width: 60, paint: plain });
    for (const line of frame.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(underlined(frame)).toMatch(/^y+…/);
  });

  it('shows the end of a long line whole when the span is there', () => {
    const text = `${'a'.repeat(500)} end`;
    const frame = renderFrame(mistake(spanIn(text, 'end')), { width: 60, paint: plain });
    expect(underlined(frame)).toBe('end');
    expect(frame.split('\n').at(-1)?.length).toBe(60);
  });

  it('sends no control sequence of the input to the terminal', () => {
    const text = '-A \u001B[31mred';
    const frame = renderFrame(mistake(spanIn(text, '\u001B[31mred'), { message: 'unexpected "\u001B[31mred"' }));
    expect(frame).not.toContain('\u001B');
    expect(frame).toContain('-A <U+001B>[31mred');
  });

  it('paints only on request', () => {
    const frame = renderFrame(mistake(spanIn('-A', '-A')), { width: 80, paint: coloured });
    expect(frame).toContain('\u001B[1;31merror[some-code]\u001B[0m');
    expect(stripVTControlCharacters(frame)).toBe(renderFrame(mistake(spanIn('-A', '-A'))));
  });
});

describe('renderFrames', () => {
  it('counts errors and warnings', () => {
    const error = mistake(spanIn('x', 'x'));
    const warning: Diagnostic = { ...error, severity: 'warning' };
    expect(countsLine([])).toBe('');
    expect(countsLine([error])).toBe('1 error');
    expect(countsLine([error, warning, error, error])).toBe('3 errors, 1 warning');
    expect(countsLine([warning, warning])).toBe('2 warnings');
    expect(renderFrames([])).toBe('');
    expect(renderFrames([error, warning])).toMatch(/\n\nwarning\[some-code\][^]*\n\n1 error, 1 warning\n$/);
  });
});
