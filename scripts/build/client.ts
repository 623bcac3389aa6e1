/** The client as one module without dependencies, served at `/foyer-client.js`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { faultsOf } from './faults';

const SOURCE = 'client/foyer.ts';

/** Nothing for a project without a client. @throws BuildError */
export async function buildClient(root: string, target: string): Promise<void> {
  if (!existsSync(join(root, SOURCE))) return;
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [SOURCE],
      outfile: join(target, 'foyer-client.js'),
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      minify: true,
      legalComments: 'none',
      logLevel: 'silent',
    });
  } catch (error) {
    throw faultsOf(error);
  }
}
