/** Browser tests find everything as people do: by role, name and words. What has none cannot be found by anybody. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow } from '../../scripts/build/files-below';

const FOLDER = join(__dirname, '../browser');

/** Ways to find something by how the page happens to be built. */
const BY_STRUCTURE =
  /\.locator\s*\(|\.\${1,2}(?:eval)?\s*\(|querySelector|waitForSelector|getElements?By|getByTestId|\.closest\s*\(|\.matches\s*\(|dispatchEvent\s*\(\s*['"`][.#[]/g;

const structureIn = (source: string): readonly string[] => source.match(BY_STRUCTURE) ?? [];

/** Says itself what has no name to be found by. */
const UNNAMED = join(FOLDER, 'pages', 'unnamed.ts');

const sources = filesBelow(FOLDER).filter((file) => file.endsWith('.ts') && file !== UNNAMED);

test('what finds by structure is known, and what finds by name is not taken for it', () => {
  const found = `page.locator('.a'); page.$('b'); page.$$eval('c', f); document.querySelector('d');
    page.getByTestId('e'); element.closest('form'); page.waitForSelector('g');`;
  expect(structureIn(found)).toHaveLength(7);
  expect(structureIn("page.getByRole('button', { name: `Admit ${name}` }).click()")).toEqual([]);
  expect(sources.length).toBeGreaterThan(15);
});

test.each(sources.map((file) => [relative(FOLDER, file), file]))('%s finds by names alone', (_, file) => {
  expect(structureIn(readFileSync(file, 'utf8'))).toEqual([]);
});
