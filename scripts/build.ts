/** `npm run build`: functions and assets into `dist/`, all or nothing. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build/build-error';
import { buildProject } from './build/project';
import { readVariables } from './environment/env-file';
import { BRAND_VARIABLES, faultsIn, HUNDREDMS_VARIABLES, LIVEKIT_VARIABLES } from './environment/variables';

async function main(root: string): Promise<number> {
  const dist = join(root, 'dist');
  mkdirSync(join(root, '.foyer'), { recursive: true });
  const staging = mkdtempSync(join(root, '.foyer', 'build-'));
  try {
    const checks = { ...LIVEKIT_VARIABLES, ...HUNDREDMS_VARIABLES, ...BRAND_VARIABLES };
    const variables = readVariables(root, process.env, Object.keys(checks));
    const faults = faultsIn(variables, checks);
    if (faults.length > 0) throw new BuildError(faults);
    const build = await buildProject(root, staging, { compact: true, variables });
    rmSync(dist, { recursive: true, force: true });
    renameSync(staging, dist);
    for (const line of build.remarks) console.log(line);
    console.log(`Built ${build.functions.length} functions and ${build.assets.length} assets into dist/`);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    for (const line of error.lines) console.error(line);
    return 1;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

void main(process.cwd()).then((code) => {
  process.exitCode = code;
});
