/**
 * Properties are tried on the same values every time, so that a run can be repeated and a change is judged by
 * itself; `FUZZ_SEED=random` (or a number) looks elsewhere, best together with `FUZZ_RUNS`.
 */
import { configureGlobal } from 'fast-check';

const wanted = process.env['FUZZ_SEED'] ?? '1';
if (wanted !== 'random') configureGlobal({ seed: Number(wanted) });
