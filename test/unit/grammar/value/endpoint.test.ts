import { describe, expect, it } from 'vitest';
import { splitEndpoint } from '../../../../grammar/value/endpoint.ts';

/** `address`, `name?` for what must be looked up, `!port` for a forgotten port. */
function summary(text: string): string | undefined {
  const endpoint = splitEndpoint(text);
  if (endpoint === undefined) return undefined;
  const { host, port, forgottenPort } = endpoint;
  const hostText = 'address' in host ? host.address : `${host.name}?`;
  const portText = port === undefined ? 'none' : 'number' in port ? String(port.number) : `${port.name}?`;
  return `${hostText} ${portText}${forgottenPort === undefined ? '' : ` !${forgottenPort}`}`;
}

describe('splitEndpoint', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1 none'],
    ['10.0.0.1:0', '10.0.0.1 0'],
    ['10.0.0.1:80', '10.0.0.1 80'],
    ['10.0.0.1:+80', '10.0.0.1 80'],
    ['10.0.0.1: 80', '10.0.0.1 80'],
    ['10.0.0.1 :80', '10.0.0.1 80'],
    ['10.0.0.1:080', '10.0.0.1 80'],
    ['10.1:http', '10.0.0.1 http?'],
    ['10:80', '0.0.0.10 80'],
    ['10.0.0.1:', '10.0.0.1 ?'],
    ['10.0.0.1:65536', '10.0.0.1 65536?'],
    ['10.0.0.1:80 ', '10.0.0.1 80 ?'],
    [' 10.0.0.1:80', ' 10.0.0.1? 80'],
    ['10.0.0.1:80:90', '10.0.0.1:80? 90'],
    ['10.0.0.1/24:80', '10.0.0.1/24? 80'],
    [':80', '? 80'],
    ['web:http', 'web? http?'],
    ['2001:db8::1', '2001:db8::1 none'],
    ['2001:db8::1:80', '2001:db8::1:80 none'],
    ['[2001:db8::1]:80', '2001:db8::1 80'],
    ['[2001:DB8::1]:http', '2001:db8::1 http?'],
    ['[2001:db8::1]:', '2001:db8::1 ?'],
    ['[::ffff:10.0.0.1]:80', '::ffff:10.0.0.1 80'],
    ['[10.0.0.1]:80', '10.0.0.1 none !80'],
    ['[10.0.0.1:81]:80', '10.0.0.1 81 !80'],
    ['[host]:80', 'host? none !80'],
    ['[fe80::1%lo]:80', 'fe80:? 1%lo? !80'],
  ])('takes %j apart', (text, parts) => {
    expect(summary(text)).toBe(parts);
  });

  it.each(['', '80', '167772161', '[2001:db8::1]', '[2001:db8::1]80', '[2001:db8::1', '[]80'])('refuses %j', (text) => {
    expect(splitEndpoint(text)).toBeUndefined();
  });
});
