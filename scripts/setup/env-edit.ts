/** Adds values to the developer's `.env` without touching what is there: values, comments and order stay. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseVariables, quoted } from '../environment/env-file';

/**
 * The text with the values filled in: in place of the first empty `NAME=`, else at the end.
 * @throws Error for a name that has another value: nothing that is there is overwritten
 */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  const present = parseVariables(text);
  let lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  for (const [name, value] of Object.entries(values)) {
    const before = (present[name] ?? '').trim();
    if (before === value) continue;
    if (before !== '') throw new Error(`${name} has another value in .env`);
    const line = `${name}=${quoted(value)}`;
    const place = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`);
    // Of several the last counts, so an empty one below would hide what is filled in above it.
    const empty = lines.findLastIndex((one) => place.test(one));
    lines = empty < 0 ? [...lines, line] : lines.with(empty, line);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/**
 * Fills values into `.env` in `root`, made from `.env.example` where there is none. All or nothing: what is
 * interrupted leaves the file as it was. Only this user can read it afterwards.
 */
export function fillInFile(root: string, values: Readonly<Record<string, string>>): void {
  const path = join(root, '.env');
  const example = join(root, '.env.example');
  const isThere = existsSync(path);
  const template = existsSync(example) ? readFileSync(example, 'utf8') : '';
  const before = isThere ? readFileSync(path, 'utf8') : template;
  const after = fillIn(before, values);
  if (!isThere || after !== before) replaceFile(isThere ? realpathSync(path) : path, after);
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

/** On the disk before it takes the old one's place: a secret in it may never be shown again. */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
