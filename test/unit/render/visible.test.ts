import { describe, expect, it } from 'vitest';
import { cellsOf, visible, widthOf } from '../../../src/render/visible.ts';

describe('visible', () => {
  it('leaves printable text alone', () => {
    expect(visible('-A -t 10.0.0.1:80')).toBe('-A -t 10.0.0.1:80');
    expect(visible('größe 東京')).toBe('größe 東京');
  });

  it('never lets a terminal control sequence through', () => {
    expect(visible('\u001B[2Jgone\u0007')).toBe('<U+001B>[2Jgone<U+0007>');
    expect(visible('a\u009Bb\u007F')).toBe('a<U+009B>b<U+007F>');
  });

  it('shows what is invisible or reorders', () => {
    expect(visible('a\u200Bb\u202Ec\uFEFF')).toBe('a<U+200B>b<U+202E>c<U+FEFF>');
    expect(visible('\uD800')).toBe('<U+D800>');
    expect(visible('a\nb\u2028')).toBe('a<U+000A>b<U+2028>');
  });
});

describe('cellsOf', () => {
  it('counts the columns of a terminal', () => {
    expect(widthOf(cellsOf('abc'))).toBe(3);
    expect(widthOf(cellsOf('東京'))).toBe(4);
    expect(widthOf(cellsOf('ｱ'))).toBe(1);
    expect(widthOf(cellsOf('e\u0301'))).toBe(1);
    expect(widthOf(cellsOf('🚀'))).toBe(2);
  });

  it('lets a tab reach the next stop', () => {
    expect(widthOf(cellsOf('a\tb'))).toBe(9);
    expect(widthOf(cellsOf('\t', 7))).toBe(1);
  });
});
