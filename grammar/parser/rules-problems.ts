/** Owns what can be wrong with the words of a rule file before anything is known of their meaning. */

import { type DiagnosticDefinition, problemsOf } from '../text/diagnostic.ts';
import { quoted } from '../text/quoted.ts';

interface Written {
  readonly text: string;
}

/** Every problem of the rules language's words, by code. */
export const ruleProblems = {
  'byte-order-mark': {
    severity: 'error',
    message: () => 'the file begins with a byte order mark',
    explanation:
      'Some editors write three invisible bytes in front of a UTF-8 file. ipvsadm takes them for a part of the first word and rejects the first line. Save the file as UTF-8 without a byte order mark.',
  },
  'not-utf8': {
    severity: 'error',
    message: () => 'there are bytes here that are not UTF-8',
    explanation:
      'A rule file is text in UTF-8. Bytes that are not point to another encoding, such as Latin-1, or to a damaged file. They are accepted inside of comments only.',
  },
  'control-character': {
    severity: 'error',
    message: ({ number }: { readonly number: string }) => `there is a control character ${number} here`,
    explanation:
      'Apart from blank, tab, carriage return and newline a rule line has no control characters. A file of NUL characters is usually what a crash has left of a file that was being written.',
  },
  'invisible-character': {
    severity: 'error',
    message: ({ number }: { readonly number: string }) =>
      `there is a character ${number} here, which looks like nothing`,
    explanation:
      'Web pages and word processors use blanks other than the ordinary one, and characters without width. They do not separate words, so the line would not mean what it seems to say.',
  },
  'typographic-dash': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} begins with a typographic dash`,
    explanation:
      'Web pages and word processors turn - and -- into the longer dashes of printed text. Options begin with the plain minus sign.',
  },
  'foreign-character': {
    severity: 'error',
    message: ({ text }: Written) => `the character ${quoted(text)} has no place in a rule`,
    explanation:
      'Commands, options, addresses and names are made of plain ASCII characters. Other characters may stand in comments.',
  },
  'quotation-mark': {
    severity: 'error',
    message: ({ text }: Written) => `the quotation mark ${text} would be a part of the word`,
    explanation:
      'A rule file is not read by a shell: quotation marks are not removed, and no word of a rule has blanks in it.',
  },
  'line-continuation': {
    severity: 'error',
    message: () => 'a backslash does not continue a line',
    explanation: 'A rule file is not read by a shell: each line is one rule, however long it is.',
  },
  'shell-syntax': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is for a shell; rules are not read by one`,
    explanation:
      'A rule file holds one ipvsadm rule a line and nothing else: no variables, no redirection, no `;` or `&&` between commands. Put the values in, or use the config language, which has variables.',
  },
  'long-line': {
    severity: 'error',
    message: ({ length }: { readonly length: number }) => `this line has ${length} characters`,
    explanation:
      'No rule comes near 16384 characters. A longer line is usually not a rule file at all, or one that has lost its newlines.',
  },
  'missing-command': {
    severity: 'error',
    message: ({ text }: Written) => `${quoted(text)} is not a command`,
    explanation:
      'A rule begins with its command: -A, -E, -D, -C, -a, -e, -d, -Z, --set, --start-daemon or --stop-daemon.',
  },
  'command-not-first': {
    severity: 'error',
    message: ({ text }: Written) => `${text} stands in front of the command`,
    explanation: 'The first option of a rule must be its command. Other options follow in any order.',
  },
  'second-command': {
    severity: 'error',
    message: ({ text, command }: Written & { readonly command: string }) =>
      `${text} is a second command behind ${command}`,
    explanation: 'A line holds one command. Write the second one on a line of its own.',
  },
  'unknown-ipvsadm-option': {
    severity: 'error',
    message: ({ text }: Written) => `unknown option ${quoted(text)}`,
    explanation: 'ipvsadm has no such option. Long names are not abbreviated, and case matters.',
  },
  'missing-value': {
    severity: 'error',
    message: ({ text }: Written) => `${text} has no value`,
    explanation: 'This option needs a value: behind it, or joined to it by `=`.',
  },
  'unwanted-value': {
    severity: 'error',
    message: ({ text }: Written) => `this option takes no value; ${quoted(text)} was given`,
    explanation: 'This option is a switch. Remove the `=` and what follows it.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

/** Reports one of them. */
export const ruleProblem = problemsOf(ruleProblems);
