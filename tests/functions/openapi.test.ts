/** The API's description: valid OpenAPI 3.1, of every address, and each of its examples true of the running service. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeApiDescription } from '../../scripts/build/api-description';
import { STRANGERS, strangerStatus } from '../../src/api/description/callers';
import { GROUPS } from '../../src/api/description/groups';
import { MADE } from '../../src/api/description/made';
import type { Operation } from '../../src/api/description/operation';
import { ERROR_SHAPES, REST_PATHS, ROUTES } from '../../src/api/routes';
import type { Reply } from '../support/http';
import { type Parameters, type Runtime, startRuntime } from '../support/runtime';

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

let foyer: Runtime;
let document: Json;
beforeAll(async () => {
  foyer = await startRuntime();
  const folder = mkdtempSync(join(tmpdir(), 'foyer-openapi-'));
  await writeApiDescription(join(__dirname, '../..'), folder);
  document = JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8'));
  rmSync(folder, { recursive: true });
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const operations = (): [string, string, Json][] =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]): [string, string, Json] => [verb, path, operation]),
  );

test('every address and verb is described, and nothing else', () => {
  const described = operations().map(([verb, path]) => `${verb.toUpperCase()} ${path}`);
  const served = [
    ...ROUTES.flatMap(({ path, verbs }) => verbs.map((verb) => `${verb} ${path}`)),
    ...REST_PATHS.map(({ path, verb }) => `${verb} ${path}`),
  ];
  expect(described.toSorted()).toEqual(served.toSorted());
});

describe('the document is OpenAPI 3.1', () => {
  test('with what the specification requires of each object', () => {
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d+$/),
      info: { title: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    });
    const tags = new Set(document.tags.map(({ name }: Json) => name));
    const schemes = Object.keys(document.components.securitySchemes);
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [verb, path, operation] of operations()) {
      expect(['get', 'post', 'delete']).toContain(verb);
      expect(path).toMatch(/^\//);
      expect(operation.summary).toMatch(/\w/);
      expect(operation.tags.every((tag: string) => tags.has(tag))).toBe(true);
      expect(schemes).toEqual(expect.arrayContaining(operation.security.flatMap(Object.keys)));
      if (verb !== 'post') expect(operation).not.toHaveProperty('requestBody');
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters: Json[] = operation.parameters ?? [];
      expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
      for (const one of parameters) {
        expect(one).toMatchObject({ name: expect.any(String), schema: expect.any(Object) });
        expect(['path', 'query']).toContain(one.in);
        if (one.in === 'path') expect(one.required).toBe(true);
      }
      for (const [status, response] of Object.entries<Json>(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description).toMatch(/\w/);
        for (const content of Object.values<Json>(response.content)) expect(content.schema).toBeDefined();
      }
    }
  });

  test('whose references lead somewhere, and whose schemas are JSON Schema', () => {
    const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);
    const faults: string[] = [];
    const check = (schema: Json, at: string): void => {
      if (typeof schema !== 'object' || schema === null) return void faults.push(at);
      const {
        $ref,
        type = [],
        pattern = '',
        properties = {},
        required = [],
        items,
        anyOf = [],
        allOf = [],
      } = schema;
      if ($ref !== undefined && !resolve($ref)) faults.push(`${at}: ${$ref}`);
      for (const one of [type].flat()) if (!types.has(one)) faults.push(`${at}: ${one}`);
      void new RegExp(pattern, 'u');
      for (const name of required) if (!(name in properties)) faults.push(`${at}: no ${name}`);
      for (const [name, one] of Object.entries(properties)) check(one, `${at}.${name}`);
      for (const one of [...anyOf, ...allOf]) check(one, at);
      if (items !== undefined) check(items, `${at}[]`);
    };
    const resolve = (reference: string): Json =>
      reference
        .slice(2)
        .split('/')
        .reduce((part, name) => part?.[name], document);
    for (const [verb, path, { parameters = [], requestBody, responses }] of operations()) {
      const at = `${verb} ${path}`;
      for (const { name, schema } of parameters) check(schema, `${at} ${name}`);
      for (const { content } of [requestBody, ...Object.values<Json>(responses)].filter(Boolean)) {
        for (const { schema } of Object.values<Json>(content)) check(schema, at);
      }
    }
    expect(faults).toEqual([]);
  });
});

/** What the service made up, here and in the examples: the first to be met stands for the other from then on. */
class Run {
  private readonly live = new Map<unknown, unknown>();
  private readonly made = new Set<unknown>(Object.values(MADE));

  /** The example as this run has to send it. */
  sent(example: Json): Json {
    if (Array.isArray(example)) return example.map((one) => this.sent(one));
    if (typeof example !== 'object' || example === null) return this.live.get(example) ?? example;
    return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, this.sent(value)]));
  }

  /** @returns what the answer of this run has to equal */
  answered(example: Json, live: Json): Json {
    if (Array.isArray(example)) return example.map((one, index) => this.answered(one, live?.[index]));
    if (typeof example === 'object' && example !== null) {
      return Object.fromEntries(
        Object.entries(example).map(([name, value]) => [
          name,
          // In a local run it names the emulator.
          name === 'connect_options' ? expect.any(Object) : this.answered(value, live?.[name]),
        ]),
      );
    }
    if (this.made.has(example) && !this.live.has(example)) {
      expect(typeof live).toBe(typeof example);
      this.live.set(example, live);
    }
    return this.live.get(example) ?? example;
  }
}

const run = new Run();

async function ask({ path, verbs }: Operation, parameters: Parameters): Promise<Reply> {
  const usual = verbs ?? ROUTES.find((route) => route.path === path)?.verbs;
  if (usual?.[0] === 'POST') return foyer.call(path, parameters);
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return foyer.verb('GET', `${path}?${query.toString()}`);
}

/** What has to be so before an operation makes sense, and is another's business. */
const BEFORE: Readonly<Record<string, () => Promise<unknown>>> = {
  '/calls/start': () => foyer.ok('/users/connect', { id: 'ben', name: 'Ben' }),
};

/** What has to be so before a refusal comes about. @returns the request that is refused then */
const BEFORE_REFUSED: Readonly<Record<string, (request: Json) => Promise<Json>>> = {
  '503 /admin/create': (request) => {
    foyer.environment['SYNC_API_URL'] = 'http://127.0.0.1:9';
    return Promise.resolve(request);
  },
  '429 /admin/invite': async (request) => {
    const { meeting_id } = await foyer.ok('/admin/create');
    for (let sent = 0; sent < 3; sent += 1) await foyer.ok('/admin/invite', { ...request, meeting_id });
    return { ...request, meeting_id };
  },
};

/** Clocks run while tests do. */
const untimed = (words: string): string => words.replace(/\d+ seconds/, 'so many seconds');

/** It is not asked: nobody brings a token. */
const IDENTITY_PROVIDER = {
  AUTH_JWKS_URL: 'https://login.example.com/jwks',
  AUTH_ISSUER: 'https://login.example.com/',
  AUTH_AUDIENCE: 'foyer',
};
const PROVIDERS = { MEETINGS_PROVIDER: 'twilio', CALLS_PROVIDER: 'livekit', ROOMS_PROVIDER: '100ms' };

describe.each(GROUPS.map((group) => [group.name, group.operations] as const))('%s', (_, all) => {
  const family = (path: string) => ROUTES.find((route) => route.path === path)?.family ?? 'service';
  const said = (path: string, message: string): string => {
    const { body } = ERROR_SHAPES[family(path)](message);
    return typeof body === 'string' ? body : JSON.stringify(body);
  };

  beforeEach(() => Object.assign(foyer.environment, PROVIDERS));

  test('the examples, one after the other, are what the service takes and answers', async () => {
    for (const operation of all.filter(({ example }) => example)) {
      const { path, example, answer } = operation;
      await BEFORE[path]?.();
      const reply = await ask(operation, run.sent(example?.request));
      expect([path, reply.status, reply.text]).toEqual([path, 200, expect.any(String)]);
      const expected = run.answered(example?.answer, reply.json);
      // What else 100ms says of a room is 100ms' business.
      if (path === '/rooms' && operation.verbs?.[0] === 'POST') expect(reply.json).toMatchObject(expected);
      else expect([path, reply.json]).toEqual([path, expected]);
      expect(answer.safeParse(example?.answer).success).toBe(true);
      expect(answer.safeParse(reply.json).success).toBe(true);
    }
  });

  test('the refusals are what the service says', async () => {
    for (const operation of all) {
      const { path } = operation;
      for (const { status, request, message, details } of operation.refusals ?? []) {
        const before = BEFORE_REFUSED[`${status} ${path}`];
        const reply = await ask(operation, await (before?.(run.sent(request)) ?? run.sent(request)));
        foyer.restore();
        Object.assign(foyer.environment, PROVIDERS);
        expect([path, reply.status]).toEqual([path, status]);
        if (details === undefined) expect(untimed(reply.text)).toBe(untimed(said(path, message)));
        else expect(reply.json).toEqual({ message, ...run.answered(details, reply.json) });
      }
    }
  });

  test('who has no key, token or signature is refused as it says', async () => {
    for (const operation of all) {
      const { path, caller } = operation;
      if (caller === 'anybody') continue;
      foyer.restore();
      Object.assign(foyer.environment, caller === 'user' ? IDENTITY_PROVIDER : { ADMIN_API_KEY: 'key' });
      const { status, text } = await ask(operation, {});
      if (caller === 'user' || caller === 'operator') {
        const words = said(path, STRANGERS[caller]);
        expect([path, status, text]).toEqual([path, strangerStatus(family(path)), words]);
      } else expect([path, status]).toEqual([path, 403]);
    }
  });
});
