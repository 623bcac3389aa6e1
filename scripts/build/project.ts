/** One complete build: functions and assets in a folder that the runtime can serve or Twilio can take. */
import { buildAssets } from './assets';
import { buildFunctions } from './functions';
import type { Addresses } from './policy';

export interface Build {
  /** Absolute path of the folder that holds `functions` and `assets`. */
  readonly folder: string;
  /** Paths of the functions, such as `admin/create`. */
  readonly functions: readonly string[];
  /** URL paths of the public assets. */
  readonly assets: readonly string[];
}

export interface BuildOptions {
  /** Without whitespace in functions, for a faster cold start. */
  readonly compact: boolean;
  /** Variables, of which those with vendors' addresses go into pages: a browser may connect nowhere else. */
  readonly addresses?: Addresses;
}

/** @throws BuildError */
export async function buildProject(
  root: string,
  folder: string,
  { compact, addresses = {} }: BuildOptions,
): Promise<Build> {
  const [functions, assets] = await Promise.all([
    buildFunctions(root, folder, compact),
    buildAssets(root, folder, addresses),
  ]);
  return { folder, functions, assets };
}
