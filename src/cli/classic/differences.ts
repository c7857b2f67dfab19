/** Owns what the ipvsadm front end does otherwise than ipvsadm 1.31, on purpose: the manual prints it, a test proves each. */

/** One deliberate difference. */
export interface ClassicDifference {
  /** What ipvsadm 1.31 does. */
  readonly there: string;
  /** What the front end does. */
  readonly here: string;
}

/** Every deliberate difference, by a name that its test has, too. */
export const classicDifferences = {
  'help-without-kernel': {
    there: '-h and -v need root and the module ip_vs.',
    here: 'They need neither.',
  },
  'help-text': {
    there: '-h prints a text of its own, with some wrong defaults.',
    here: '-h prints another text about the same commands and options; -v prints the same line.',
  },
  'program-name': {
    there: 'The advice to ask for help names the program as it was typed, with its path.',
    here: 'It names it without the path.',
  },
  'flag-commas': {
    there: 'A list of commas alone as the value of -b crashes it.',
    here: 'It is an empty list.',
  },
  'unsigned-marks': {
    there: 'Firewall marks from 2147483648 on are printed as negative numbers, which -R refuses.',
    here: 'They are printed as they are.',
  },
  sorting: {
    there: 'Addresses and marks are compared by a difference that overflows: 192.0.2.1 is listed before 10.0.0.1.',
    here: 'They are sorted as unsigned numbers; --sort=compat gives the order of ipvsadm.',
  },
  'server-counters': {
    there: 'Connections, packets and rates of a real server start again at 0 behind 4294967295.',
    here: 'They are read as 64-bit numbers, like those of a service.',
  },
  'connection-data': {
    there: 'A persistence engine with long data, which a client can choose, makes -L -c print rubbish, stop or crash.',
    here: 'Any length is printed.',
  },
  'standard-output': {
    there: 'What can not be written to standard output is lost, and the exit status is 0.',
    here: 'It is said on standard error, with exit status 1; where the reader has gone the status is 141.',
  },
  'silent-failure': {
    there: 'If timeouts or daemons can not be read, it ends with 1 and says nothing.',
    here: 'It says why.',
  },
  'lost-answer': {
    there: 'A daemon that is stopped right behind its start is not acknowledged by the kernel, and it waits for ever.',
    here: 'It does not wait for that answer.',
  },
  'replaced-characters': {
    there: 'A value that contains the characters !#:+ in a row takes the next word in their place.',
    here: 'They are characters like others.',
  },
  'invalid-bytes': {
    there: 'Words that are not UTF-8 are repeated in messages as they are.',
    here: 'Each byte that is not UTF-8 is shown as U+FFFD.',
  },
  'name-lookups': {
    there:
      'Each address of a listing is looked up by itself, again and again; a name server that is down costs a time-out for each.',
    here: 'Each is looked up once, all at the same time.',
  },
  'ipvsadm-save': {
    there: 'ipvsadm-save looks up names unless it has -n, and loses thresholds, timeouts and daemons.',
    here: 'It always writes numbers and loses nothing; ipvsadm -R of 1.31 reads the result.',
  },
  'ipvsadm-restore': {
    there: 'ipvsadm-restore empties the table, then executes line by line; its status is that of the last one.',
    here: 'It reads all, then changes what differs in one transaction; if anything fails the table stays as it was and the status is not 0.',
  },
} as const satisfies Readonly<Record<string, ClassicDifference>>;

/** The name of a deliberate difference. */
export type ClassicDifferenceName = keyof typeof classicDifferences;
