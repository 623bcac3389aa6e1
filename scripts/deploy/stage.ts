/** The folder that is handed to twilio-run: what production needs and nothing else. */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject, type NewBuild } from '../build/project';
import { writeEnvFile } from '../environment/env-file';
import { DEPLOY_INFO } from './live-service';

export interface Stage {
  readonly build: NewBuild;
  readonly envFile: string;
  /** Takes what twilio-run remembers home, and the secrets off the disk. */
  leave(): void;
}

/**
 * Fills `.foyer/deploy` afresh.
 * @param brand its variables: the build has them, the functions do not
 * @throws BuildError
 */
export async function createStage(
  root: string,
  project: { name: string; version: string; dependencies: Readonly<Record<string, string>> },
  variables: Readonly<Record<string, string>>,
  brand: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const folder = join(root, '.foyer', 'deploy');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const build = await buildProject(root, folder, {
    compact: true,
    variables: { ...variables, ...brand },
  });
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ ...project, private: true }, undefined, 2)}\n`,
  );
  const envFile = join(folder, '.env');
  writeEnvFile(envFile, variables);
  copyIfThere(join(root, DEPLOY_INFO), join(folder, DEPLOY_INFO));
  return {
    build,
    envFile,
    leave: () => {
      rmSync(envFile, { force: true });
      copyIfThere(join(folder, DEPLOY_INFO), join(root, DEPLOY_INFO));
    },
  };
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) copyFileSync(from, to);
}
