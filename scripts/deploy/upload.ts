/** What would be uploaded, file by file, as the platform will serve it. */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../build/files-below';

export type Visibility = 'public' | 'protected' | 'private';

export interface UploadedFile {
  /** Its URL's path, such as `/admin/create`. */
  readonly path: string;
  /** In the stage, such as `functions/admin/create.js`. */
  readonly file: string;
  readonly bytes: number;
  readonly visibility: Visibility;
  read(): Buffer;
}

export interface Upload {
  readonly functions: readonly UploadedFile[];
  readonly assets: readonly UploadedFile[];
}

/** @param folder the stage */
export const uploadFrom = (folder: string): Upload => ({
  functions: filesOf(folder, 'functions').filter(({ file }) => file.endsWith('.js')),
  assets: filesOf(folder, 'assets'),
});

function filesOf(folder: string, part: 'functions' | 'assets'): UploadedFile[] {
  const base = join(folder, part);
  return filesBelow(base).map((absolute) => {
    const path = relative(base, absolute).split(sep).join('/');
    const visibility = (/\.(private|protected)\.[^./]+$/.exec(path)?.[1] ?? 'public') as Visibility;
    const served = path.replace(`.${visibility}.`, '.');
    return {
      path: `/${part === 'functions' ? served.replace(/\.js$/, '') : served}`,
      file: `${part}/${path}`,
      bytes: statSync(absolute).size,
      visibility,
      read: () => readFileSync(absolute),
    };
  });
}

const inKilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`;

/** A table of the functions, and what else would go with them, line by line. */
export function describeUpload({ functions, assets }: Upload, variables: readonly string[]): string[] {
  const rows = [
    ['function', 'size', 'visibility'] as const,
    ...functions.map(({ path, bytes, visibility }) => [path, inKilobytes(bytes), visibility] as const),
  ];
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const sum = (files: readonly UploadedFile[]): string =>
    inKilobytes(files.reduce((total, { bytes }) => total + bytes, 0));
  return [
    ...rows.map(([path, size, visibility]) =>
      [path.padEnd(first ?? 0), size.padStart(second ?? 0), visibility].join('  '),
    ),
    '',
    `${functions.length} functions, ${sum(functions)}; ${assets.length} assets, ${sum(assets)}`,
    `variables: ${variables.toSorted().join(', ')}`,
  ];
}
