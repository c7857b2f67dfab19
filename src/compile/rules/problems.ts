/** Owns what can be wrong with the meaning of a rule: its values, its options together, and what the kernel refuses. */

import { problemsOf } from '../../../grammar/text/diagnostic.ts';
import { combinations } from './problems/combinations.ts';
import { inexpressible } from './problems/inexpressible.ts';
import { refusals } from './problems/refusals.ts';
import { reinterpretations } from './problems/reinterpretations.ts';
import { values } from './problems/values.ts';

/** Every problem of this layer, by code. */
export const ruleMeaningProblems = { ...values, ...combinations, ...refusals, ...reinterpretations, ...inexpressible };

/** Reports one of them. */
export const problem = problemsOf(ruleMeaningProblems);
