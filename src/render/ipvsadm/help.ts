/** Owns the usage and version texts of the ipvsadm front end: ipvsadm's facts in words of our own. */

import { commands } from '../../../grammar/vocabulary/commands.ts';
import { type Option, options } from '../../../grammar/vocabulary/options.ts';

/** `-v`: exactly what ipvsadm 1.31 prints, since scripts look for its version. */
export const versionText = 'ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n';

const forms = [
  '-A|-E SERVICE [-s SCHEDULER] [-b FLAGS] [-p [SECONDS]] [-M MASK] [--pe ENGINE] [-o]',
  '-D SERVICE',
  '-a|-e SERVICE -r SERVER [-g|-i|-m] [-w WEIGHT] [-x UPPER] [-y LOWER] [tunnel options]',
  '-d SERVICE -r SERVER',
  '-L|-l [SERVICE | -c | --timeout | --daemon] [-n] [listing options]',
  '-Z [SERVICE]',
  '-C',
  '-S [-n]',
  '-R',
  '--set TCP TCPFIN UDP',
  '--start-daemon master|backup [daemon options]',
  '--stop-daemon master|backup',
];

/** `  -A, --add-service      meaning` */
function entry(letters: readonly string[], long: string, value: string, meaning: string): string {
  const short = letters.map((letter) => `-${letter}, `).join('');
  return `  ${`${short.padStart(4)}--${long}${value}`.padEnd(34)} ${meaning}`;
}

function optionEntry({ short, long, value, placeholder, meaning }: Option): string {
  const shown = placeholder === undefined ? '' : value === 'optional' ? ` [${placeholder}]` : ` ${placeholder}`;
  return entry(short === undefined ? [] : [short], long, shown, meaning);
}

/** `-h`: every form, command and option; `program` is the name that the user called it by. */
export function helpText(program: string): string {
  const services = options.filter(({ slot, long }) => slot === 'service-address' || long === 'ipv6');
  const others = options.filter((option) => !services.includes(option));
  return [
    versionText.trimEnd(),
    'Usage:',
    ...forms.map((form) => `  ${program} ${form}`),
    '',
    'Commands, one a call and before any option:',
    ...commands.map(({ short, long, meaning }) => entry(short, long, '', meaning)),
    '',
    'SERVICE is one of:',
    ...services.map(optionEntry),
    '',
    'Options:',
    ...others.map(optionEntry),
    '',
  ].join('\n');
}
