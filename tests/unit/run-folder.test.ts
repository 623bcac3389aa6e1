/** Folders of running copies: each has its own, and what a killed one left is taken away by the next. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunFolder } from '../../scripts/start/run-folder';

/** More than any system gives out. */
const NO_PID = 2 ** 30;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'foyer-folders-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('two copies in one process have a folder each, and neither takes the other away', () => {
  const [first, second] = [createRunFolder(root), createRunFolder(root)];
  expect(existsSync(first.path)).toBe(true);
  second.remove();
  expect(existsSync(first.path)).toBe(true);
  expect(existsSync(second.path)).toBe(false);
  first.remove();
  expect(existsSync(first.path)).toBe(false);
});

test('a folder of a process that is no more is taken away; what is not a folder of a copy stays', () => {
  const [left, foreign] = [`${NO_PID}-abcdef`, 'deploy'].map((name) => join(root, '.foyer', name));
  for (const path of [left, foreign]) mkdirSync(path!, { recursive: true });
  createRunFolder(root).remove();
  expect(existsSync(left!)).toBe(false);
  expect(existsSync(foreign!)).toBe(true);
});
