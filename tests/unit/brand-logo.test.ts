/** A logo is a plain picture, of a size that every page can bear, or it is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLogo } from '../../scripts/build/brand/logo';
import { markAsPng, markAsSvg } from '../../scripts/build/brand/mark';
import { BRAND_VARIABLES, faultsIn } from '../../scripts/environment/variables';

const COLOURS = { ground: '#123456', ink: '#ffffff' };
const root = mkdtempSync(join(tmpdir(), 'foyer-logo-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const dataOf = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;
const svg = (inside: string, about = 'viewBox="0 0 120 40"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${about}>${inside}</svg>`;

test('a file, and a data URL, of either kind', async () => {
  writeFileSync(join(root, 'logo.svg'), markAsSvg(COLOURS));
  expect(await readLogo(root, 'logo.svg')).toMatchObject({ type: 'image/svg+xml', width: 32, height: 32 });
  const png = markAsPng(COLOURS, 64, false);
  const logo = await readLogo(root, `data:image/png;base64,${png.toString('base64')}`);
  expect(logo).toMatchObject({ type: 'image/png', width: 64, height: 64 });
  expect(logo.path).toMatch(/^\/app\/logo-[0-9a-f]{10}\.png$/);
});

test.each([
  ['viewBox="0 0 120 40"', 120, 40],
  ['viewBox="0,0,12.5,5" width="250px"', 250, 5],
  ['width="90" height="30" viewBox="0 0 9 3"', 90, 30],
  ['width="100%"', 1, 1],
])('an SVG with %s is %d × %d', async (about, width, height) => {
  expect(await readLogo(root, dataOf(svg('<rect/>', about)))).toMatchObject({ width, height });
});

test.each([
  '<script>alert(1)</script>',
  '<rect onload="alert(1)"/>',
  '<rect ONCLICK = "alert(1)"/>',
  '<image href="https://a.example/x.png"/>',
  "<image xlink:href='//a.example/x.png'/>",
  '<use href="other.svg#a"/>',
  '<a href="javascript:alert(1)"><rect/></a>',
  '<foreignObject/>',
  '<style>@import "https://a.example/x.css"</style>',
  '<style>rect{fill:url(https://a.example/x.svg#a)}</style>',
])('an SVG with %s is refused', async (inside) => {
  await expect(readLogo(root, dataOf(svg(inside)))).rejects.toThrow(
    'BRAND_LOGO is an SVG that runs or loads something. Export it as a plain picture',
  );
});

test('an SVG that refers to what is in it is a plain picture', async () => {
  const inside = '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#a"/>';
  expect(await readLogo(root, dataOf(svg(inside)))).toMatchObject({ width: 120 });
});

test('what is no picture, too large, or not there is refused in one line', async () => {
  await expect(readLogo(root, 'data:text/plain,hello')).rejects.toThrow(
    'BRAND_LOGO is neither an SVG nor a PNG',
  );
  await expect(readLogo(root, dataOf(svg(' '.repeat(300_000))))).rejects.toThrow(
    /^BRAND_LOGO has 3\d{5} bytes, and 262144 are the most$/,
  );
  await expect(readLogo(root, 'gone.svg')).rejects.toThrow(/^BRAND_LOGO cannot be read: ENOENT/);
  const server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await expect(readLogo(root, `https://127.0.0.1:${port}/logo.svg`)).rejects.toThrow(
    /^BRAND_LOGO cannot be read: /,
  );
  server.close();
});

test.each([
  ['BRAND_NAME', 'Foy\u202eer'],
  ['BRAND_NAME', 'Foyer\nby us'],
  ['BRAND_COLOR', '#0f665aff'],
  ['BRAND_COLOR', '#0f665a;}'],
  ['BRAND_LANGUAGE', 'toString'],
  ['BRAND_SUPPORT_URL', ' javascript:alert(1)'],
  ['BRAND_PRIVACY_URL', 'javascript:"https://a.example"'],
  ['BRAND_LOGO', 'file:///etc/passwd'],
])('%s cannot be %j', (name, value) => {
  expect(faultsIn({ [name]: value }, BRAND_VARIABLES)).toEqual([
    expect.stringMatching(new RegExp(`^${name} is not valid: expected `)),
  ]);
});
