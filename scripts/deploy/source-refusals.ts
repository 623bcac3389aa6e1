/** What does not belong below src/functions, and what Twilio cannot install. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { filesBelow } from '../build/files-below';

const TEST = /\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)__(tests|mocks)__\//;
const SOURCE_MAP = /\.map$/;

/** A test or a source map there becomes a URL as soon as a build lets it through: it is named instead. */
export function functionsFolderRefusals(root: string): string[] {
  return filesBelow(join(root, 'src', 'functions')).flatMap((file) => {
    const path = relative(root, file).split(sep).join('/');
    if (TEST.test(path)) return [`${path} is a test among the functions. Move it below tests/`];
    if (SOURCE_MAP.test(path)) return [`${path} is a source map among the functions. Delete it`];
    return [];
  });
}

interface Manifest {
  readonly gypfile?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What compiles or fetches machine code when it is installed. */
const BUILDS = /node-gyp|prebuild|node-pre-gyp|cmake-js|napi/;

/** Twilio installs no native add-on, wherever in the tree it is. */
export function addOnRefusals(root: string, dependencies: Readonly<Record<string, string>>): string[] {
  const seen = new Set<string>();
  const refusals: string[] = [];
  const visit = (name: string, from: string, trail: readonly string[], isOptional: boolean): void => {
    const folder = installed(name, from);
    const through = [...trail, name];
    if (folder === undefined) {
      if (!isOptional) refusals.push(`${through.join(' > ')} is not installed. npm install`);
      return;
    }
    if (seen.has(folder)) return;
    seen.add(folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (isAddOn(folder, manifest)) {
      refusals.push(
        `${through.join(' > ')} is a native add-on, which Twilio does not install. Take another package than ${through[0]}`,
      );
      return;
    }
    const optional = manifest.optionalDependencies ?? {};
    for (const needed of Object.keys({ ...manifest.dependencies, ...optional }))
      visit(needed, folder, through, Object.hasOwn(optional, needed));
  };
  for (const name of Object.keys(dependencies)) visit(name, root, [], false);
  return refusals;
}

/** As Node finds it: in the nearest `node_modules` upwards. */
export function installed(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

function isAddOn(folder: string, { gypfile, scripts = {} }: Manifest): boolean {
  if (gypfile === true || existsSync(join(folder, 'binding.gyp'))) return true;
  const installing = [scripts['preinstall'], scripts['install'], scripts['postinstall']].join(' ');
  if (BUILDS.test(installing)) return true;
  return filesBelow(folder).some(
    (file) => file.endsWith('.node') && !relative(folder, file).split(sep).includes('node_modules'),
  );
}
