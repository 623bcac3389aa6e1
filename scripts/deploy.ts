/** `npm run deploy`: checks, stages, and lets twilio-run do the rest. Arguments after `--` go to twilio-run. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build/build-error';
import { deployRefusals, EMULATOR_ADDRESSES } from './deploy/refusals';
import { createStage, type Stage } from './deploy/stage';
import { readVariables } from './environment/env-file';
import { FUNCTION_VARIABLES } from './environment/variables';

async function main(root: string, extra: readonly string[]): Promise<number> {
  const { name, version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    dependencies: Record<string, string>;
  };
  const names = [...Object.keys(FUNCTION_VARIABLES), ...EMULATOR_ADDRESSES];
  const variables = readVariables(root, process.env, names);
  const refusals = deployRefusals(variables, dependencies);
  if (refusals.length > 0) return fail(refusals);

  let stage: Stage;
  try {
    stage = await createStage(root, { name, version, dependencies }, variables);
  } catch (error) {
    if (error instanceof BuildError) return fail(error.lines);
    throw error;
  }
  try {
    return await runTwilio(root, stage, extra);
  } finally {
    stage.leave();
  }
}

function runTwilio(root: string, { build, envFile }: Stage, extra: readonly string[]): Promise<number> {
  const command = [
    require.resolve('twilio-run/bin/twilio-run.js'),
    'deploy',
    '--cwd',
    build.folder,
    '--config',
    join(root, '.twilioserverlessrc'),
    '--env',
    envFile,
    '--functions-folder',
    'functions',
    '--assets-folder',
    'assets',
    // Without it the runtime of the last successful build would be used again.
    '--runtime',
    'node22',
    ...extra,
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: 'inherit', cwd: build.folder });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function fail(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 1;
}

void main(process.cwd(), process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
