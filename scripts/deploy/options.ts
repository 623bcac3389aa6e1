/** What `npm run deploy -- …` may be asked for. */

export interface DeployOptions {
  /** All but the upload. */
  readonly dryRun: boolean;
  readonly environment: EnvironmentName;
  /** Deploy over a service of our name that this folder did not deploy. */
  readonly overExisting: boolean;
}

const ENVIRONMENTS = ['dev', 'stage', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** The part of the domain that tells environments apart; production has none. */
export const domainSuffix = (environment: EnvironmentName): string =>
  environment === 'production' ? '' : environment;

const USAGE =
  'npm run deploy -- [--dry-run] [--environment dev|stage|production] [--override-existing-project]';

/** What npm keeps for itself where `--` is missing: it says so in these alone, and `--dry-run` would be a deployment. */
const TAKEN_BY_NPM = {
  npm_config_dry_run: '--dry-run',
  npm_config_environment: '--environment',
  npm_config_override_existing_project: '--override-existing-project',
} as const;

/**
 * @param processEnvironment in which npm says what it took for itself
 * @returns what was asked for, or one line that says what cannot be
 */
export function deployOptions(
  argv: readonly string[],
  processEnvironment: NodeJS.ProcessEnv,
): DeployOptions | { readonly fault: string } {
  const taken = Object.entries(TAKEN_BY_NPM).find(([name]) => (processEnvironment[name] ?? '') !== '');
  if (taken !== undefined)
    return { fault: `npm has taken ${taken[1]} for itself. Put -- before it: ${USAGE}` };
  const words = argv.flatMap((word) => {
    const [, name, value] = /^(--environment)=(.*)$/.exec(word) ?? [];
    return name === undefined ? [word] : [name, value ?? ''];
  });
  let dryRun = false;
  let overExisting = false;
  let environment: string = 'dev';
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--dry-run') dryRun = true;
    else if (word === '--override-existing-project') overExisting = true;
    else if (word === '--environment') environment = words.shift() ?? '';
    else return { fault: `${word} is not understood: ${USAGE}` };
  }
  const known = ENVIRONMENTS.find((name) => name === environment);
  if (known === undefined)
    return { fault: `--environment ${environment} is none of ${ENVIRONMENTS.join(', ')}: ${USAGE}` };
  return { dryRun, environment: known, overExisting };
}
