/** Addresses with parameters between their slashes: which function answers, and what it is told. */
import { restAddresses, pageAddresses } from '../../gateway/rest-paths';
import type { Route } from '../../src/api/routes';

const route = (path: string): Route => ({ path, verbs: ['POST'], family: 'service' });
const at = restAddresses(
  [
    { verb: 'POST', path: '/', route: '/root' },
    { verb: 'GET', path: '/a.b/{x}', route: '/read' },
    { verb: 'DELETE', path: '/a.b/{x}', route: '/delete' },
    { verb: 'POST', path: '/a.b/{x}/c/{y}', route: '/deep' },
    { verb: 'POST', path: '/{x}', route: '/root' },
    { verb: 'POST', path: '/nowhere/{x}', route: '/no-such-route' },
  ],
  new Map(['/root', '/read', '/delete', '/deep'].map((path) => [path, route(path)])),
);
const seen = (path: string) =>
  [...at(path)].map(([verb, { route, parameters }]) => [verb, route.path, parameters]);

test('a route is what it says, though it looks like an address with parameters', () => {
  expect(seen('/read')).toEqual([]);
  expect(seen('/other')).toEqual([['POST', '/root', { x: 'other' }]]);
});

test('an address leads to a function for each of its verbs, with what stands between its slashes', () => {
  expect(seen('/')).toEqual([['POST', '/root', {}]]);
  expect(seen('/a.b/1')).toEqual([
    ['GET', '/read', { x: '1' }],
    ['DELETE', '/delete', { x: '1' }],
  ]);
  expect(seen('/a.b/%C3%A5%2F/c/%26y=')).toEqual([['POST', '/deep', { x: 'å/', y: '&y=' }]]);
});

test.each(['', '/a.b/', '/a.b/1/', '/aXb/1', '/A.b/1', '/a.b/1/c', '/a.b/%E0%A4%A', '/nowhere/1'])(
  '%s leads nowhere',
  (path) => expect(seen(path)).toEqual([]),
);

test('a page has an address of its own', () => {
  const page = pageAddresses([{ path: '/p/{x}', asset: '/p.html' }]);
  expect([page('/p/1'), page('/p/1/2'), page('/p')]).toEqual(['/p.html', undefined, undefined]);
});
