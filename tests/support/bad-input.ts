/** What every API family owes to whoever sends nonsense: suites over a table of its routes' parameters. */
import * as fc from 'fast-check';
import { type Family, type Route, ROUTES } from '../../src/api/routes';
import { jsonOf } from './bad-values';
import type { Reply } from './http';
import type { Calling, Parameters, Runtime } from './runtime';

export interface Parameter {
  readonly bad: readonly unknown[];
  readonly required?: true;
  /** An object is right, so that `name[x]=1` of a query may be, too. */
  readonly nests?: true;
  /** A list is right, so that giving it twice may be, too. */
  readonly repeats?: true;
}

export interface Subject {
  readonly foyer: () => Runtime;
  readonly families: readonly Family[];
  /** Of a family's routes those alone whose path begins so; all unless given. */
  readonly below?: string;
  /** And of these not those whose path begins so. */
  readonly butNot?: string;
  /** Paths that may ask their caller, whom we know, to try again. */
  readonly mayBeBusy?: readonly string[];
  /** Path → name → values that it may not have. */
  readonly table: Readonly<Record<string, Readonly<Record<string, Parameter>>>>;
  /** Values that are right, by name. */
  readonly right: () => Parameters;
  /** By which the routes let the caller in; asked when the tests run. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** The one line that a family's refusal consists of; undefined for an answer of another shape. */
  readonly lineOf: (reply: Reply) => string | undefined;
}

export const lineOfText = ({ headers, text }: Reply): string | undefined =>
  headers['content-type'] === 'text/plain; charset=utf-8' && text.startsWith('Error: ') ? text : undefined;

/** The line in the one field that errors of a JSON family have. */
export const lineIn =
  (field: string) =>
  (reply: Reply): string | undefined => {
    if (!/^application\/json\b/.test(reply.headers['content-type'] ?? '')) return undefined;
    const { [field]: line, ...others } = reply.json;
    return typeof line === 'string' && Object.keys(others).length === 0 ? line : undefined;
  };

/** All requests that any vendor has had, so far. */
const upstreamOf = ({ sync, video, livekit }: Runtime): string =>
  JSON.stringify([sync.stats.rest, video.stats, livekit.stats]);

/** Vendors tell us of what happened a moment later. */
export async function quiet(foyer: Runtime): Promise<void> {
  for (let known = ''; known !== upstreamOf(foyer);) {
    known = upstreamOf(foyer);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const routesOf = ({ families, below = '/', butNot }: Subject): Route[] =>
  ROUTES.filter(
    ({ family, path }) =>
      families.includes(family) &&
      path.startsWith(below) &&
      (butNot === undefined || !path.startsWith(butNot)),
  );

const rightFor = ({ table, right }: Subject, path: string): Record<string, unknown> => {
  const values = right();
  const names = Object.keys(table[path] ?? {}).filter((name) => name in values);
  return Object.fromEntries(names.map((name) => [name, values[name]]));
};

/** A request of somebody who is let in. */
const callAs =
  ({ foyer, headers }: Subject): Runtime['call'] =>
  (path, parameters, calling) =>
    foyer().call(path, parameters, { ...calling, ...(headers ? { headers: headers() } : {}) });

/** A refusal of the family's own that says which parameter is meant, in one line. */
function refused(subject: Subject, reply: Reply, naming: RegExp): void {
  expect([reply.status, reply.text]).toEqual([400, expect.stringMatching(naming)]);
  expect(subject.lineOf(reply)).toMatch(/^[^\n]+$/);
}

const named = (name: string): RegExp => new RegExp(`\\b${name}\\b`);

/** Every parameter by every value that it may not have. */
export function refusesBadParameters(subject: Subject): void {
  const { foyer, table } = subject;
  const call = callAs(subject);
  const upstream = (): string => upstreamOf(foyer());
  const right = (path: string) => rightFor(subject, path);

  test('the table has every route', () => {
    expect(Object.keys(table)).toEqual(routesOf(subject).map(({ path }) => path));
  });

  const cases = Object.entries(table).flatMap(([path, parameters]) =>
    Object.entries(parameters).map(([name, parameter]) => ({ path, name, ...parameter })),
  );
  describe.each(cases)('$path, $name', ({ path, name, bad, required, nests, repeats }) => {
    test('of a wrong kind is refused by name, and nobody is asked', async () => {
      const before = upstream();
      for (const value of bad) {
        const body = jsonOf({ ...right(path), [name]: value });
        const reply = await call(path, {}, { body });
        try {
          refused(subject, reply, named(name));
        } catch (error) {
          throw new Error(`${JSON.stringify(value)}: ${String(error)}`, { cause: error });
        }
        if (typeof value === 'string' && value.length > 20) expect(reply.text).not.toContain(value);
      }
      expect(upstream()).toBe(before);
    });

    test('given twice, or nested, in a form or a query is refused by name', async () => {
      const before = upstream();
      const { [name]: _, ...others } = right(path);
      const rest = new URLSearchParams(others as Record<string, string>).toString();
      if (!repeats) {
        const twice = `${name}=a&${name}=b&${rest}`;
        refused(subject, await call(`${path}?${twice}`, {}, { body: '{}' }), named(name));
        refused(subject, await call(path, {}, { as: 'form', body: twice }), named(name));
      }
      if (!nests) {
        const nested = await call(`${path}?${name}[x]=1&${rest}`, {}, { body: '{}' });
        refused(subject, nested, named(name));
      }
      expect(upstream()).toBe(before);
    });

    if (required) {
      test('is named when it is missing', async () => {
        const before = upstream();
        const { [name]: _, ...others } = right(path);
        const reply = await call(path, others);
        refused(subject, reply, new RegExp(`\\b${name} is missing|Missing required parameter: ${name}\\b`));
        expect(upstream()).toBe(before);
      });
    }
  });
}

const FORGED = {
  headers: {
    authorization: 'Bearer forged',
    'x-forwarded-for': '203.0.113.9',
    'x-foyer-front': 'forged',
    'x-foyer-client': '203.0.113.9',
    'x-foyer-gateway': 'forged',
    'x-twilio-signature': 'forged',
    host: 'evil.example',
  },
  cookies: {},
};
const NO_OBJECTS = ['{', '[1,2]', '"text"', 'null', '{"a":1}}', '\u0000', '<html>'];

/** What is no set of parameters at all, at every route. */
export function refusesBadRequests(subject: Subject): void {
  const { foyer } = subject;
  const call = callAs(subject);
  const upstream = (): string => upstreamOf(foyer());

  describe.each(routesOf(subject).map(({ path }) => path))('%s', (path) => {
    const post = (parameters: Parameters, calling?: Calling) => call(path, parameters, calling);

    test.each(['text', '', 0, true, null, [], ['x'], {}, FORGED, { headers: null }, { headers: [] }])(
      'takes no parameter named request: %j',
      async (request) => {
        const before = upstream();
        refused(subject, await post({ ...rightFor(subject, path), request }), /request/);
        expect(upstream()).toBe(before);
      },
    );

    test('takes no parameter named request in a form or a query either', async () => {
      const before = upstream();
      refused(subject, await post({ request: 'x' }, { as: 'form' }), /request/);
      refused(subject, await call(`${path}?request=x`), /request/);
      const nested = 'request[headers][x-forwarded-for]=203.0.113.9&request[headers][authorization]=Bearer';
      refused(subject, await call(`${path}?${nested}`), /request/);
      expect(upstream()).toBe(before);
    });

    test('on Twilio itself, too, text instead of headers is noticed', async () => {
      delete foyer().environment['FRONT_PORT_SECRET'];
      for (const request of ['x', null, {}, [], { headers: 'x' }]) {
        refused(subject, await post({ request }, { via: 'functions' }), /request/);
      }
    });

    test('takes no thousands of parameters', async () => {
      const before = upstream();
      const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, i]));
      refused(subject, await post({ ...rightFor(subject, path), ...many }), /parameters/);
      refused(subject, await post(many, { as: 'form' }), /parameters/);
      const hundreds = Object.entries(many).slice(0, 500);
      const query = hundreds.map(([name, value]) => `${name}=${value}`).join('&');
      refused(subject, await call(`${path}?${query}`), /parameters/);
      expect(upstream()).toBe(before);
    });

    test.each(NO_OBJECTS)('takes no body that is no JSON object: %j', async (body) => {
      const before = upstream();
      refused(subject, await post({}, { body }), /./);
      expect(upstream()).toBe(before);
    });
  });
}

/** Whatever comes, at every route. To be called last: what comes of it may reach a vendor later than its answer. */
export function survivesWhateverComes(subject: Subject): void {
  const { foyer, table, right } = subject;
  const call = callAs(subject);
  describe.each(routesOf(subject).map(({ path }) => path))('fuzzed, %s', (path) => {
    test('never answers with a 5xx, a stack trace or HTML, whatever comes', async () => {
      const names = [...Object.keys(table[path] ?? {}), 'all', 'request', '__proto__', 'constructor', 'then'];
      const key = fc.oneof(fc.constantFrom(...names), fc.string());
      const good = Object.values(right()).flatMap((value) => [value, String(value)]);
      const value = fc.oneof(
        fc.jsonValue(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...good, '', -1, Number.POSITIVE_INFINITY, 2 ** 53, 'true'),
        fc.constantFrom({ toString: {} }, { toString: null, valueOf: 1 }, { length: 1e9 }, { toJSON: {} }),
      );
      const parameters = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });
      const calling = fc.record({
        as: fc.constantFrom('json', 'form', 'query'),
        via: fc.constantFrom('front', 'functions'),
      }) as fc.Arbitrary<Calling>;
      await fc.assert(
        fc.asyncProperty(parameters, fc.boolean(), calling, async (some, withRight, way) => {
          if (way.via === 'functions') delete foyer().environment['FRONT_PORT_SECRET'];
          const sent = withRight ? { ...rightFor(subject, path), ...some } : some;
          const reply = await call(path, sent, way);
          foyer().restore();
          if (reply.status === 503 && subject.mayBeBusy?.includes(path)) return;
          expect(reply.status).toBeLessThan(500);
          expect(reply.headers['content-type']).toMatch(/^(application\/json|text\/plain)/);
          if (reply.status !== 200) expect(subject.lineOf(reply)).toBeDefined();
          expect(reply.text).not.toMatch(/\bat .+:\d+:\d+|<html|node_modules/i);
        }),
        { numRuns: Number(process.env['FUZZ_RUNS'] ?? 40) },
      );
    });
  });
}
