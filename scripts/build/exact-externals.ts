/** Which imports stay imports in a built function: exactly the packages that Twilio installs. */
import type { Plugin } from 'esbuild';

/**
 * Leaves `import 'twilio'` as it is but bundles `import 'twilio/lib/…'`: one deep module costs a few
 * milliseconds of a cold start, the package as a whole hundreds. esbuild's own `external` would keep both.
 */
export function exactExternals(packages: readonly string[]): Plugin {
  return {
    name: 'exact-externals',
    setup(build) {
      const names = packages.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');
      if (names === '') return;
      build.onResolve({ filter: new RegExp(`^(?:${names})$`) }, ({ path }) => ({ path, external: true }));
    },
  };
}
