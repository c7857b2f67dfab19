/** Owns random command lines of ipvsadm: most of them nearly right, so that each rule is what decides some of them. */

import * as fc from 'fast-check';
import { commands } from '../../grammar/vocabulary/commands.ts';
import { type OptionName, options } from '../../grammar/vocabulary/options.ts';

/** One of the good values; in one case of `rarity` one of the others, which are odd or wrong. */
function value(good: readonly string[], odd: readonly string[], rarity = 16): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: rarity - 1, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
}

const addresses = [
  '10.1',
  '0x7f000001',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  'localhost',
  'no-such-host.invalid',
];
const ports = [
  '',
  ':80',
  ':443',
  ':0',
  ':http',
  ':domain',
  ':080',
  ':+81',
  ':',
  ':65536',
  ':0x50',
  ':80x',
  ':-0',
  ': 80',
];
const oddEndpoints = [
  ...addresses.flatMap((address) => ports.map((port) => address + port)),
  '',
  '80',
  '[10.0.0.1]:80',
  '[localhost]:80',
  '[2001:db8::1]80',
  ':80',
  '10.0.0.1/24:80',
  '-dash:80',
  '10.0.0.1 :80',
  ' 10.0.0.1:80',
  '10.0.0.1:80 ',
  '[fe80::1%lo]:80',
  '[::ffff:10.0.0.1]:80',
  '2001:db8::1',
  '[2001:db8::1]',
  '[::]:0',
  '[ff02::1]:80',
  '[fe80::1]:80',
  '[2001:db8::1]:http',
  '[]:80',
  '10.0.0.1:80:90',
  'http://10.0.0.1',
];

/** Few, so that they meet again. */
const service = value(
  ['192.0.2.1:80', '192.0.2.1:80', '192.0.2.1:443', '192.0.2.2:80', '[2001:db8::1]:80'],
  oddEndpoints,
);
const server = value(
  ['10.0.0.1:80', '10.0.0.1:80', '10.0.0.2', '10.0.0.2:8080', '127.0.0.1:80', '[2001:db8:1::1]:80', '2001:db8:1::2'],
  oddEndpoints,
);

const oddNumbers = [
  '010',
  '+7',
  ' 3',
  '2147483647',
  '2147483648',
  '-1',
  '-0',
  '0x1',
  '1.5',
  '',
  '5 ',
  'x',
  '+ 5',
  '\t7',
  '9'.repeat(25),
];

const values: Readonly<Partial<Record<OptionName, fc.Arbitrary<string>>>> = {
  'tcp-service': service,
  'udp-service': service,
  'sctp-service': service,
  'fwmark-service': value(['1', '1', '2', '2147483647'], ['+3', '010', '0', '-1', '0x7', '7/0xff', '4294967296', '']),
  scheduler: value(
    ['rr', 'wrr', 'wlc', 'sh', 'mh', 'lblc', 'none'],
    ['RR', 'no-such', '', 'a-name-of-more-than-15'],
    8,
  ),
  'sched-flags': value(
    ['sh-port', 'sh-fallback,sh-port', 'mh-port', 'flag-1', 'flag-2,flag-3', 'flag-1,flag-2,flag-3'],
    [',flag-2,,flag-2,', '', 'Flag-1', 'flag-4', 'flag-3', 'sh-port,mh-port', `${'flag-1,'.repeat(18)}flag-2`],
    6,
  ),
  persistent: value(['1', '360', '600', '2678400'], ['2678401', '0', 'rr', '', '010']),
  netmask: value(
    ['255.255.255.0', '255.255.255.255', '64', '128'],
    ['24', '0.0.0.0', '/24', '129', '0', '64abc', 'localhost', '', '255.0.255.0', '4294967297', '-1', '+48'],
    6,
  ),
  pe: value(['sip'], ['', 'SIP', 'no-such', 'a-name-of-more-than-16'], 8),
  'real-server': server,
  weight: value(['0', '1', '5', '100', '65536'], oddNumbers),
  'u-threshold': value(['0', '100', '5000'], oddNumbers),
  'l-threshold': value(['0', '50', '100'], oddNumbers),
  'tun-type': value(['ipip', 'gue', 'gre'], ['GRE', '', 'vxlan']),
  'tun-port': value(['6080', '1', '65535'], ['0', '65536', '', 'http', '-1']),
  'mcast-interface': value(['lo'], ['eth9', '', 'a-name-of-more-than-15'], 8),
  syncid: value(['0', '5', '255'], ['256', '-1', '']),
  'mcast-group': value(
    ['224.0.0.81', '239.1.2.3', 'ff02::81'],
    ['10.0.0.1', 'fe80::1', '2001:db8::1', '224.1', '', ':', 'ff::1', '[ff02::1]'],
    6,
  ),
  'mcast-port': value(['8848', '1', '65535'], ['0', '65536', '', 'http']),
  'mcast-ttl': value(['1', '3', '255'], ['0', '256', '']),
  'sync-maxlen': value(['1', '1000', '1472', '65507'], ['65508', '0', '']),
};

function oneOf(...words: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...words);
}

/** Options as words; one letter may carry its value. */
function written(long: OptionName): fc.Arbitrary<readonly string[]> {
  const option = options.find((known) => known.long === long);
  if (option === undefined) throw new Error(`no option ${long}`);
  const { short, value: kind } = option;
  const name = short === undefined ? `--${long}` : `-${short}`;
  if (kind === 'none')
    return fc.oneof(
      { weight: 8, arbitrary: fc.constant([name]) },
      { weight: 1, arbitrary: fc.constant([`--${long}`]) },
    );
  const text = values[long] ?? fc.constant('');
  return fc.oneof(
    { weight: 10, arbitrary: text.map((text) => [name, text]) },
    { weight: 2, arbitrary: text.map((text) => [`--${long}`, text]) },
    { weight: 2, arbitrary: text.map((text) => [`--${long}=${text}`]) },
    { weight: short === undefined ? 0 : 2, arbitrary: text.map((text) => [name + text]) },
    { weight: short === undefined ? 0 : 1, arbitrary: text.map((text) => [`${name}=${text}`]) },
    { weight: kind === 'optional' ? 12 : 0, arbitrary: fc.constant([name]) },
  );
}

/** Each of these is given in half of the lines; `!` always. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'add-service': ['!service', 'scheduler', 'persistent', 'netmask', 'ops', 'pe', 'sched-flags'],
  'edit-service': ['!service', 'scheduler', 'persistent', 'netmask', 'ops', 'pe', 'sched-flags'],
  'delete-service': ['!service'],
  'add-server': ['!service', '!real-server', 'method', 'weight', 'thresholds', 'tunnel'],
  'edit-server': ['!service', '!real-server', 'method', 'weight', 'thresholds', 'tunnel'],
  'delete-server': ['!service', '!real-server'],
  list: ['listing'],
  save: ['numeric'],
  zero: ['service'],
  'start-daemon': ['!mcast-interface', 'syncid', 'mcast-group', 'mcast-port', 'mcast-ttl', 'sync-maxlen'],
  'stop-daemon': ['syncid'],
};

/** Several options that belong together, or one of several. */
const groups: Readonly<Record<string, fc.Arbitrary<readonly string[]>>> = {
  service: fc.oneof(
    { weight: 4, arbitrary: written('tcp-service') },
    { weight: 2, arbitrary: written('udp-service') },
    { weight: 1, arbitrary: written('sctp-service') },
    { weight: 2, arbitrary: written('fwmark-service') },
    { weight: 1, arbitrary: written('fwmark-service').map((words) => [...words, '-6']) },
  ),
  method: oneOf('-m', '-m', '-g', '-i', '-i').map((word) => [word]),
  thresholds: fc.tuple(written('u-threshold'), written('l-threshold')).map((words) => words.flat()),
  tunnel: fc.oneof(
    fc
      .tuple(
        fc.constant(['-i', '--tun-type', 'gue', '--tun-port', '6080']),
        oneOf('--tun-nocsum', '--tun-csum', '--tun-remcsum'),
      )
      .map((words) => words.flat()),
    oneOf('--tun-nocsum', '--tun-csum', '--tun-remcsum').map((word) => ['-i', '--tun-type', 'gre', word]),
    fc.tuple(written('tun-type'), written('tun-port')).map((words) => words.flat()),
  ),
  listing: fc.subarray(
    [
      '-n',
      '-c',
      '--timeout',
      '--daemon',
      '--stats',
      '--rate',
      '--thresholds',
      '--persistent-conn',
      '--nosort',
      '-X',
      '--tun-info',
      '--sort',
    ],
    { maxLength: 3 },
  ),
};

function groupOf(name: string): fc.Arbitrary<readonly string[]> {
  return groups[name] ?? written(name as OptionName);
}

function commandWords(name: string): fc.Arbitrary<readonly string[]> {
  const command = commands.find((known) => known.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  const spellings = [...command.short.map((letter) => `-${letter}`), `--${command.long}`];
  if (name === 'set')
    return fc
      .tuple(...[0, 1, 2].map(() => oneOf('0', '0', '900', '1', '120', '2678400', '2678401')))
      .map((words) => ['--set', ...words]);
  if (command.value === 'required')
    return value(['master', 'backup'], ['Master', '', 'x']).map((word) => [`--${command.long}`, word]);
  return fc.constantFrom(...spellings).map((word) => [word]);
}

/** The options of a command, each with a chance of one half, in any order. */
function optionWords(name: string): fc.Arbitrary<readonly (readonly string[])[]> {
  const chosen = (usual[name] ?? []).map((group) =>
    group.startsWith('!')
      ? fc.oneof({ weight: 19, arbitrary: groupOf(group.slice(1)) }, { weight: 1, arbitrary: fc.constant([]) })
      : fc.oneof(groupOf(group), fc.constant([])),
  );
  return fc
    .tuple(...chosen)
    .chain((list) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(list) },
        { weight: 1, arbitrary: fc.shuffledSubarray(list, { minLength: list.length }) },
      ),
    );
}

/** One more option, or a word that is none. */
const stray: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...options.map(({ long }) => long)).chain(written) },
  { weight: 1, arbitrary: fc.constantFrom(...commands.map(({ long }) => [`--${long}`])) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['extra'],
      ['--'],
      ['-'],
      [''],
      ['--unknown'],
      ['-Q'],
      ['-nX'],
      ['--exact=1'],
      ['-n=1'],
      ['--lis'],
      ['-r'],
      ['-AE'],
      ['-w'],
    ),
  },
);

const weights: readonly (readonly [number, string])[] = [
  [10, 'add-service'],
  [6, 'edit-service'],
  [3, 'delete-service'],
  [16, 'add-server'],
  [10, 'edit-server'],
  [4, 'delete-server'],
  [10, 'list'],
  [4, 'save'],
  [3, 'zero'],
  [3, 'set'],
  [5, 'start-daemon'],
  [4, 'stop-daemon'],
  [1, 'flush'],
];

/** A command line that exercises one command: six in seven are as one would write them, the others have a stray word. */
const plainLine: fc.Arbitrary<readonly string[]> = fc
  .oneof(...weights.map(([weight, name]) => ({ weight, arbitrary: fc.tuple(commandWords(name), optionWords(name)) })))
  .chain(([command, parts]) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant([...command, ...parts.flat()]) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(stray, fc.nat(parts.length))
          .map(([words, at]) => [...command, ...parts.toSpliced(at, 0, words).flat()]),
      },
    ),
  );

/** Puts the letters of neighbours behind one dash: `-L -n` as `-Ln`, `-a -m -t VIP:80` as `-amt VIP:80`. */
function bundled(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && /^-[a-zA-Z]+$/.test(before) && /^-[a-zA-Z6]/.test(word))
      joined[joined.length - 1] = before + word.slice(1);
    else joined.push(word);
  }
  return joined;
}

/** One slip of a hand at the word `at`, somewhere in it. */
const slips: readonly ((words: readonly string[], at: number, inside: number) => readonly string[])[] = [
  (words, at) => words.toSpliced(at, 1),
  (words, at) => words.toSpliced(at, 0, words[at] ?? ''),
  (words, at) => words.toSpliced(at, 2, ...words.slice(at, at + 2).reverse()),
  (words, at) => words.toSpliced(at, 2, words.slice(at, at + 2).join('')),
  (words, at) => words.toSpliced(at, 2, words.slice(at, at + 2).join('=')),
  (words, at, inside) => words.with(at, (words[at] ?? '').slice(0, inside)),
  (words, at, inside) =>
    words.with(
      at,
      Array.from(words[at] ?? '')
        .toSpliced(inside, 1)
        .join(''),
    ),
  (words, at, inside) => words.toSpliced(at, 1, (words[at] ?? '').slice(0, inside), (words[at] ?? '').slice(inside)),
  (words, at, inside) => {
    const letters = Array.from(words[at] ?? '');
    const letter = letters[inside] ?? '';
    return words.with(
      at,
      letters.with(inside, letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()).join(''),
    );
  },
];

function slipped(words: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc
    .nat(words.length - 1)
    .chain((at) =>
      fc
        .tuple(fc.constantFrom(...slips), fc.nat(Math.max((words[at] ?? '').length - 1, 0)))
        .map(([slip, inside]) => (words[at] === '' ? words : slip(words, at, inside))),
    );
}

/** What is another thing on purpose (differences.ts): the text of `-h`, and the list of commas that crashes ipvsadm. */
function isComparable(words: readonly string[]): boolean {
  return !/^(-h|--help)/.test(words[0] ?? '') && !words.some((word) => /^(|-b=?|--sched-flags=),+$/.test(word));
}

/** A command line, written in any of popt's ways; a few have a slip of the hand. */
export const classicLine: fc.Arbitrary<readonly string[]> = plainLine
  .chain((words) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(words) },
      { weight: 3, arbitrary: fc.constant(bundled(words)) },
      { weight: 1, arbitrary: slipped(words) },
      { weight: 1, arbitrary: slipped(bundled(words)) },
    ),
  )
  .filter(isComparable);
