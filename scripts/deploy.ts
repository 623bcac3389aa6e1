/**
 * `npm run deploy`: looks for everything that Twilio would refuse or that would bite later, builds, lets twilio-run
 * upload, and looks whether it is there. `-- --dry-run` does all but the upload.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build/build-error';
import { EMULATOR_ADDRESSES } from './deploy/address-refusals';
import { release } from './deploy/release';
import { deployOptions } from './deploy/options';
import { deployRefusals } from './deploy/refusals';
import { addOnRefusals, functionsFolderRefusals } from './deploy/source-refusals';
import { createStage, type Stage } from './deploy/stage';
import { describeUpload, uploadFrom } from './deploy/upload';
import { uploadRefusals } from './deploy/upload-refusals';
import { readVariables } from './environment/env-file';
import { BRAND_VARIABLES, faultsIn, FUNCTION_VARIABLES } from './environment/variables';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

async function main(root: string, argv: readonly string[]): Promise<number> {
  const options = deployOptions(argv, process.env);
  if ('fault' in options) return fail([options.fault]);
  const { name, version, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Manifest;
  const names = [...Object.keys(FUNCTION_VARIABLES), ...EMULATOR_ADDRESSES];
  const variables = withWebhooks(readVariables(root, process.env, names));
  const brand = readVariables(root, process.env, Object.keys(BRAND_VARIABLES));
  const refusals = [
    // The brand's name and language are variables of the functions, too.
    ...new Set([...faultsIn(brand, BRAND_VARIABLES), ...deployRefusals(variables, dependencies)]),
    ...functionsFolderRefusals(root),
    ...addOnRefusals(root, dependencies),
  ];
  if (refusals.length > 0) return fail(refusals);

  let stage: Stage;
  try {
    stage = await createStage(root, { name, version, dependencies }, variables, brand);
  } catch (error) {
    if (error instanceof BuildError) return fail(error.lines);
    throw error;
  }
  for (const line of stage.build.remarks) console.log(line);
  try {
    const upload = uploadFrom(stage.build.folder);
    const faults = uploadRefusals(upload, variables);
    if (faults.length > 0) return fail(faults);
    if (!options.dryRun) return await release({ root, stage, variables, version, options });
    const uploaded = Object.keys(variables).filter((one) => one !== 'ACCOUNT_SID' && one !== 'AUTH_TOKEN');
    for (const line of describeUpload(upload, uploaded)) console.log(line);
    console.log(`Nothing was uploaded: this is what would go to the environment ${options.environment}`);
    return 0;
  } finally {
    stage.leave();
  }
}

/** The last step has Sync call what was deployed, unless that was declined: the functions may count on it. */
function withWebhooks(variables: Record<string, string>): Record<string, string> {
  return variables['SYNC_SERVICE_SID'] === undefined
    ? variables
    : { SYNC_REACHABILITY_WEBHOOKS: 'yes', ...variables };
}

function fail(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 1;
}

main(process.cwd(), process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = fail([`Nothing was deployed: ${(error as Error).message}`]);
  },
);
