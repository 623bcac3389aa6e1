/** One complete build: functions and assets in a folder that the runtime can serve or Twilio can take. */
import { together } from '../../src/domain/in-parallel';
import { buildAssets } from './assets';
import { readBrand } from './brand/brand';
import { buildFunctions } from './functions';

export interface Build {
  /** Absolute path of the folder that holds `functions` and `assets`. */
  readonly folder: string;
  /** Paths of the functions, such as `admin/create`. */
  readonly functions: readonly string[];
  /** URL paths of the public assets. */
  readonly assets: readonly string[];
}

/** One that was just made. */
export interface NewBuild extends Build {
  /** What whoever made it should know, one line each. */
  readonly remarks: readonly string[];
}

export interface BuildOptions {
  /** Without whitespace in functions, for a faster cold start. */
  readonly compact: boolean;
  /** Variables, of which these go into pages: the brand's, and vendors' addresses, as a browser may connect nowhere else. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** @throws BuildError */
export async function buildProject(
  root: string,
  folder: string,
  { compact, variables = {} }: BuildOptions,
): Promise<NewBuild> {
  const brand = await readBrand(root, variables);
  // Whoever removes the folder of a build that failed must not meet files that its other part is writing.
  const [functions, assets] = await together([
    buildFunctions(root, folder, compact),
    buildAssets(root, folder, variables, brand),
  ]);
  return { folder, functions, assets, remarks: brand.remarks };
}
