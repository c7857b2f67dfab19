/** Owns the proof that a JSON text is read with the place of every mistake and of every part. */

import { expect, test } from 'vitest';
import { placeOf, textOf } from '../../../grammar/text/span.ts';
import { readTableJson } from '../../../src/model/read-table-json.ts';

const text = `{
  "format_version": 1,
  "timeouts": { "tcp": 900 },
  "daemons": { "master": { "interface": "lo", "sync_id": 1 }, "backup": "stopped" },
  "services": [
    {
      "protocol": "tcp",
      "address": "192.0.2.1",
      "port": 80,
      "scheduler": "rr",
      "destinations": [
        { "address": "10.0.0.1", "port": 80, "method": "direct" },
        { "address": "10.0.0.2", "port": 80, "method": "direct" }
      ]
    },
    { "mark": 7, "family": "ip6", "scheduler": "wlc" }
  ]
}
`;

test('every part knows where it was written', () => {
  const { value, diagnostics } = readTableJson({ name: 'table.json', text });
  expect(diagnostics).toEqual([]);
  const services = [...(value?.services.values() ?? [])];
  const { master, backup } = value?.daemons ?? {};
  const origins = [
    ...services.map(({ origin }) => origin),
    ...services.flatMap(({ destinations }) => Array.from(destinations.values(), ({ origin }) => origin)),
    value?.timeouts.origin,
    master === 'stopped' ? undefined : master?.origin,
  ];
  expect(origins.map((origin) => origin && `${placeOf(origin)} ${textOf(origin)}`)).toEqual([
    'table.json:8:7 "address": "192.0.2.1"',
    'table.json:16:7 "mark": 7',
    'table.json:12:11 "address": "10.0.0.1"',
    'table.json:13:11 "address": "10.0.0.2"',
    'table.json:3:3 "timeouts": {',
    'table.json:4:16 "master": {',
  ]);
  expect(backup).toBe('stopped');
});

test.each([
  ['"port": 80,\n', '"port": 80\n', 'table.json:10:7', '"scheduler"', 'this is no JSON: expected "," or "}"'],
  ['}\n', '', 'table.json:18:1', '', 'this is no JSON: expected "," or "}"'],
  ['"rr"', '1', 'table.json:10:7', '"scheduler": 1', 'services[0].scheduler is 1, not a name of at most 15 characters'],
  ['"family": "ip6", ', '', 'table.json:16:5', '{', 'services[1].family is missing'],
  ['"format_version": 1,', '', 'table.json:1:1', '{', 'format_version is missing'],
  ['"scheduler": "wlc"', '"shceduler": "wlc"', 'table.json:16:5', '{', 'services[1].scheduler is missing'],
  ['"tcp": 900', '"tpc": 900', 'table.json:3:17', '"tpc": 900', 'timeouts.tpc is not known; did you mean "tcp"?'],
  ['10.0.0.2', '10.0.0.1', 'table.json:13:9', '{', 'services[0].destinations[1] is a second "10.0.0.1 port 80"'],
])('%j replaced by %j', (good, bad, place, shown, message) => {
  const at = text.lastIndexOf(good);
  const { value, diagnostics } = readTableJson({
    name: 'table.json',
    text: text.slice(0, at) + bad + text.slice(at + good.length),
  });
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ message, span }) => [span && placeOf(span), span && textOf(span), message])).toEqual([
    [place, shown, message],
  ]);
});
