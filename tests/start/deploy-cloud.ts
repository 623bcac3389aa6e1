/** A stand-in for Twilio's Serverless API (https://www.twilio.com/docs/serverless/api), as far as deployments go. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Version {
  readonly sid: string;
  readonly kind: 'Functions' | 'Assets';
  readonly path: string;
  readonly visibility: string;
  readonly content: Buffer;
}

export interface CloudBuild {
  readonly sid: string;
  readonly versions: readonly Version[];
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  readonly runtime: string;
}

export interface CloudEnvironment {
  readonly sid: string;
  readonly domain: string;
  readonly suffix: string | null;
  buildSid: string | null;
  /** SID → name and value. */
  readonly variables: Map<string, { key: string; value: string }>;
}

/** `before`: refused without effect; `after`: it has its effect, and the answer is lost; `failed`: a build's end. */
export type Trouble = 'before' | 'after' | 'failed' | undefined;

type Form = Readonly<Record<string, string | readonly string[]>>;
interface Answer {
  readonly status: number;
  readonly body?: object;
}

const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');
const refusal = (status: number, message: string): Answer => ({
  status,
  body: { status, message, code: status },
});

export class Cloud {
  service: { sid: string; uniqueName: string } | undefined;
  readonly environments = new Map<string, CloudEnvironment>();
  readonly builds = new Map<string, CloudBuild>();
  /** Every request, such as `POST Builds`. */
  readonly calls: string[] = [];
  /** Decides, for each request, whether something goes wrong with it. */
  trouble: (call: string) => Trouble = () => undefined;
  /** Is told of a build that becomes live. */
  activated: (environment: CloudEnvironment, build: CloudBuild) => void = () => undefined;
  private readonly resources = new Map<string, { kind: 'Functions' | 'Assets'; name: string }>();
  private readonly versions = new Map<string, Version>();

  constructor(private readonly account: { readonly accountSid: string; readonly authToken: string }) {}

  /** As if an earlier version had been deployed by somebody. */
  seed(variables: Readonly<Record<string, string>>): CloudEnvironment {
    this.service = { sid: newSid('ZS'), uniqueName: 'foyer' };
    const build: CloudBuild = { sid: newSid('ZB'), versions: [], dependencies: [], runtime: 'node22' };
    this.builds.set(build.sid, build);
    const environment = this.addEnvironment('dev');
    environment.buildSid = build.sid;
    for (const [key, value] of Object.entries(variables))
      environment.variables.set(newSid('ZV'), { key, value });
    return environment;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { status, body } = await this.settle(request, Buffer.concat(chunks));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  private async settle(request: IncomingMessage, raw: Buffer): Promise<Answer> {
    const { accountSid, authToken } = this.account;
    const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return refusal(401, 'Authenticate');
    const path =
      (request.url ?? '')
        .split('?')[0]
        ?.replace(/^\/v1\//, '')
        .split('/') ?? [];
    const names = path.filter((_, index) => index % 2 === 0);
    const call = `${request.method} ${names.at(-1)}`;
    this.calls.push(call);
    const trouble = this.trouble(call);
    if (trouble === 'before') return refusal(500, 'Internal Server Error');
    if (trouble === 'failed') return { status: 200, body: { status: 'failed' } };
    const answer = await this.route(request, path, raw);
    return trouble === 'after' ? refusal(500, 'Internal Server Error') : answer;
  }

  private async route(request: IncomingMessage, path: readonly string[], raw: Buffer): Promise<Answer> {
    const [, service, collection, id, part, partId] = path;
    const isPost = request.method === 'POST';
    const form = formOf(raw);
    if (service === undefined)
      return isPost ? this.addService(form) : listed('services', this.serviceViews());
    if (service !== this.service?.sid) return refusal(404, 'no such service');
    if (collection === undefined) return { status: 200, body: this.serviceViews()[0] ?? {} };
    if (collection === 'Environments') {
      if (id === undefined) {
        if (!isPost) return listed('environments', [...this.environments.values()].map(environmentView));
        return { status: 201, body: environmentView(this.addEnvironment(text(form['DomainSuffix']))) };
      }
      const environment = this.environments.get(id);
      if (!environment) return refusal(404, 'no such environment');
      if (part === 'Variables') return this.variables(request, environment, partId, form);
      if (part === 'Deployments') return this.deploy(environment, text(form['BuildSid']) ?? '');
      return { status: 200, body: environmentView(environment) };
    }
    if (collection === 'Functions' || collection === 'Assets') {
      if (part === 'Versions') return this.addVersion(request, collection, raw);
      return isPost ? this.addResource(collection, text(form['FriendlyName']) ?? '') : this.list(collection);
    }
    if (collection !== 'Builds') return refusal(404, 'no such resource');
    if (isPost) return this.build(form);
    return { status: 200, body: { sid: id, status: 'completed', runtime: 'node22' } };
  }

  private addService(form: Form): Answer {
    if (this.service) return refusal(409, 'Service already exists');
    this.service = { sid: newSid('ZS'), uniqueName: text(form['UniqueName']) ?? '' };
    return { status: 201, body: this.serviceViews()[0] ?? {} };
  }

  private serviceViews(): object[] {
    return this.service ? [{ sid: this.service.sid, unique_name: this.service.uniqueName }] : [];
  }

  private addEnvironment(suffix: string | undefined): CloudEnvironment {
    const environment: CloudEnvironment = {
      sid: newSid('ZE'),
      domain: `foyer-1234${suffix ? `-${suffix}` : ''}.twil.io`,
      suffix: suffix ?? null,
      buildSid: null,
      variables: new Map(),
    };
    this.environments.set(environment.sid, environment);
    return environment;
  }

  private addResource(kind: 'Functions' | 'Assets', name: string): Answer {
    const sid = newSid('ZH');
    this.resources.set(sid, { kind, name });
    return { status: 201, body: { sid, friendly_name: name } };
  }

  private list(wanted: 'Functions' | 'Assets'): Answer {
    const rows = [...this.resources].filter(([, { kind }]) => kind === wanted);
    return listed(
      wanted.toLowerCase(),
      rows.map(([sid, { name }]) => ({ sid, friendly_name: name })),
    );
  }

  private async addVersion(
    request: IncomingMessage,
    kind: 'Functions' | 'Assets',
    raw: Buffer,
  ): Promise<Answer> {
    if (request.headers.host !== 'serverless-upload.twilio.com') return refusal(404, 'uploads go elsewhere');
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const fields = await new Response(new Uint8Array(raw), { headers }).formData();
    const content = fields.get('Content');
    const bytes = typeof content === 'string' ? content : await (content as Blob).arrayBuffer();
    const version: Version = {
      sid: newSid('ZN'),
      kind,
      path: fields.get('Path') as string,
      visibility: fields.get('Visibility') as string,
      content: typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(new Uint8Array(bytes)),
    };
    this.versions.set(version.sid, version);
    return { status: 201, body: { sid: version.sid, path: version.path } };
  }

  /** Refuses what the platform refuses. */
  private build(form: Form): Answer {
    const sids = [...all(form['FunctionVersions']), ...all(form['AssetVersions'])];
    const versions = sids.flatMap((sid) => this.versions.get(sid) ?? []);
    const dependencies = JSON.parse(
      // In quotation marks of their own, as twilio-run sends them.
      (text(form['Dependencies']) ?? '[]').replace(/^"|"$/g, ''),
    ) as CloudBuild['dependencies'];
    if (versions.length !== sids.length) return refusal(400, 'no such version');
    if (all(form['FunctionVersions']).length > 50) return refusal(400, 'too many functions');
    if (!dependencies.every(({ version }) => /^\d+\.\d+\.\d+$/.test(version)))
      return refusal(400, 'dependencies must be exact');
    const handler = dependencies.find(({ name }) => name === '@twilio/runtime-handler');
    if (handler?.version !== '2.0.1') return refusal(400, 'unknown runtime handler');
    const build: CloudBuild = {
      sid: newSid('ZB'),
      versions,
      dependencies,
      runtime: text(form['Runtime']) ?? '',
    };
    this.builds.set(build.sid, build);
    return { status: 201, body: { sid: build.sid, status: 'building', runtime: build.runtime } };
  }

  private variables(
    request: IncomingMessage,
    { variables }: CloudEnvironment,
    sid: string | undefined,
    form: Form,
  ): Answer {
    const value = text(form['Value']) ?? '';
    if (Buffer.byteLength(value) > 450) return refusal(400, 'variable too long');
    if (sid === undefined && request.method === 'GET') {
      return listed(
        'variables',
        [...variables].map(([one, rest]) => ({ sid: one, ...rest })),
      );
    }
    const there = sid === undefined ? undefined : variables.get(sid);
    if (sid !== undefined && !there) return refusal(404, 'no such variable');
    if (request.method === 'DELETE') {
      variables.delete(sid ?? '');
      return { status: 204 };
    }
    const made = sid ?? newSid('ZV');
    const variable = { key: there?.key ?? text(form['Key']) ?? '', value };
    variables.set(made, variable);
    return { status: sid === undefined ? 201 : 200, body: { sid: made, ...variable } };
  }

  private deploy(environment: CloudEnvironment, buildSid: string): Answer {
    const build = this.builds.get(buildSid);
    if (!build) return refusal(404, 'no such build');
    environment.buildSid = buildSid;
    this.activated(environment, build);
    return { status: 201, body: { sid: newSid('ZD'), build_sid: buildSid } };
  }
}

const environmentView = ({ sid, domain, suffix, buildSid }: CloudEnvironment): object => ({
  sid,
  unique_name: suffix ?? 'production',
  domain_suffix: suffix,
  domain_name: domain,
  build_sid: buildSid,
});

const listed = (key: string, rows: readonly object[]): Answer => ({
  status: 200,
  body: { [key]: rows, meta: { key, next_page_url: null, page: 0, page_size: 50 } },
});

const text = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const all = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function formOf(raw: Buffer): Form {
  const form: Record<string, string | string[]> = {};
  const sent = new URLSearchParams(raw.length > 100_000 ? '' : raw.toString());
  for (const name of new Set(sent.keys())) {
    const values = sent.getAll(name);
    form[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return form;
}
