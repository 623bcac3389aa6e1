/** One complete build: functions and assets in a folder that the runtime can serve or Twilio can take. */
import { buildAssets } from './assets';
import { buildFunctions } from './functions';

export interface Build {
  /** Absolute path of the folder that holds `functions` and `assets`. */
  readonly folder: string;
  /** Paths of the functions, such as `admin/create`. */
  readonly functions: readonly string[];
  /** URL paths of the public assets. */
  readonly assets: readonly string[];
}

/** @throws BuildError */
export async function buildProject(
  root: string,
  folder: string,
  { compact }: { compact: boolean },
): Promise<Build> {
  const [functions, assets] = await Promise.all([
    buildFunctions(root, folder, compact),
    buildAssets(root, folder),
  ]);
  return { folder, functions, assets };
}
