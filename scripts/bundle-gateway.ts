/** `tsx scripts/bundle-gateway.ts <file>`: the gateway and all that it needs as one file for Node. */
import { join } from 'node:path';
import { build } from 'esbuild';

async function main(outfile: string | undefined): Promise<void> {
  if (outfile === undefined) throw new Error('Say where to: tsx scripts/bundle-gateway.ts <file>');
  await build({
    entryPoints: [join(__dirname, 'gateway.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Reads a checkout's .env, which an image has not; faster natives for `ws`, which does without.
    external: ['twilio-run', 'bufferutil', 'utf-8-validate'],
    logLevel: 'warning',
  });
}

main(process.argv[2]).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
