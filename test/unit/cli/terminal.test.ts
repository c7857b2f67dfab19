import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { canAsk, confirm, layoutOf } from '../../../src/cli/terminal.ts';
import { coloured, plain } from '../../../src/render/paint.ts';
import { plainLayout } from '../../../src/render/layout.ts';

const sink = (terminal: object = {}): Writable =>
  Object.assign(new Writable({ write: (_c, _e, done) => done() }), terminal);
const terminal = { isTTY: true, columns: 72 };

describe('layoutOf', () => {
  it('colours and measures a terminal only', () => {
    expect(layoutOf(sink(terminal), {}, false)).toEqual({ width: 72, paint: coloured });
    expect(layoutOf(sink(), {}, false)).toBe(plainLayout);
  });

  it('paints nothing where colours are not wanted', () => {
    const colourless = { width: 72, paint: plain };
    expect(layoutOf(sink(terminal), {}, true)).toEqual(colourless);
    expect(layoutOf(sink(terminal), { NO_COLOR: '1' }, false)).toEqual(colourless);
    expect(layoutOf(sink(terminal), { TERM: 'dumb' }, false)).toEqual(colourless);
    expect(layoutOf(sink(terminal), { NO_COLOR: '' }, false).paint).toBe(coloured);
  });
});

describe('confirm', () => {
  const never = new AbortController().signal;

  function host(answer: readonly string[] | Readable) {
    const stdin = answer instanceof Readable ? answer : Readable.from(answer.map((text) => Buffer.from(text)));
    return { stdin, stdout: sink(), stderr: sink(), env: {}, directory: '/' };
  }

  it('takes yes for yes and everything else for no', async () => {
    for (const yes of ['y\n', 'Y\n', 'yes\n', ' YES \r\n']) expect(await confirm(host([yes]), '?', never)).toBe(true);
    for (const no of ['\n', 'n\n', 'yess\n', 'yo\n', 'no\ny\n'])
      expect(await confirm(host([no]), '?', never)).toBe(false);
  });

  it('takes the end of the input for no', async () => {
    expect(await confirm(host([]), '?', never)).toBe(false);
  });

  it('does not wait for an answer once a signal has come', async () => {
    const silent = new Readable({ read: () => undefined });
    const controller = new AbortController();
    const answer = confirm(host(silent), '?', controller.signal);
    controller.abort();
    expect(await answer).toBe(false);
    expect(await confirm(host(new Readable({ read: () => undefined })), '?', controller.signal)).toBe(false);
  });
});

describe('canAsk', () => {
  it('needs somebody who reads and somebody who types', () => {
    const host = { env: {}, directory: '/', stdout: sink() };
    const typing = Object.assign(Readable.from([]), terminal);
    expect(canAsk({ ...host, stdin: typing, stderr: sink(terminal) })).toBe(true);
    expect(canAsk({ ...host, stdin: Readable.from([]), stderr: sink(terminal) })).toBe(false);
    expect(canAsk({ ...host, stdin: typing, stderr: sink() })).toBe(false);
  });
});
