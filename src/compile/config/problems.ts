/** Owns what can be wrong, odd or worth a note in a configuration that is written as the grammar wants it. */

import { problemsOf } from '../../../grammar/text/diagnostic.ts';
import { doubts } from './problems/doubts.ts';
import { loading } from './problems/loading.ts';
import { meaning } from './problems/meaning.ts';
import { naming } from './problems/naming.ts';
import { values } from './problems/values.ts';

/** Every diagnostic of a configuration beside those of its grammar, for the manual. */
export const configProblems = { ...loading, ...naming, ...values, ...meaning, ...doubts };

/** Makes a diagnostic about a configuration. */
export const problem = problemsOf(configProblems);
