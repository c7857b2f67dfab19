/** Owns the memory that a process took at most: at its end it writes that, in KiB, to the file that BENCH_PEAK names. */
'use strict';

const { writeFileSync } = require('node:fs');
const process = require('node:process');

process.on('exit', () => writeFileSync(process.env['BENCH_PEAK'] ?? '', String(process.resourceUsage().maxRSS)));
