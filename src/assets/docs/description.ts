/** The parts of `/openapi.json` that the page shows. */
interface Property {
  readonly description?: string;
  readonly enum?: readonly unknown[];
}

interface Content {
  readonly schema: {
    readonly properties?: Readonly<Record<string, Property>>;
    readonly required?: readonly string[];
  };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

type Contents = Readonly<Record<string, Content>>;

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: Property;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Contents }>>;
}

export interface Description {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<
      Record<string, { readonly description?: string; readonly name?: string }>
    >;
  };
}

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly words: string;
}

/** An operation as people read it. */
export interface Entry {
  readonly id: string;
  readonly verb: string;
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  /** None: anybody. */
  readonly callers: readonly string[];
  readonly takes: readonly Field[];
  readonly request: string | undefined;
  readonly gives: readonly Field[];
  readonly answer: string | undefined;
  readonly refusals: readonly {
    readonly status: string;
    readonly words: string;
    readonly examples: readonly string[];
  }[];
}

export const entriesOf = ({ paths, components }: Description): readonly Entry[] =>
  Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) =>
      entryOf(verb.toUpperCase(), path, operation, components),
    ),
  );

function entryOf(
  verb: string,
  path: string,
  operation: Operation,
  { securitySchemes }: Description['components'],
): Entry {
  const { operationId: id, tags, summary, security, parameters = [], requestBody, responses } = operation;
  const body = firstOf(requestBody?.content);
  const answer = firstOf(responses['200']?.content);
  return {
    id,
    verb,
    path,
    group: tags[0] ?? '',
    summary,
    callers: security.flatMap(Object.keys).map((name) => {
      const { description, name: header } = securitySchemes[name] ?? {};
      return description ?? header ?? name;
    }),
    takes: [
      ...parameters.map(({ name, required, schema }) => ({ name, required, words: wordsOf(schema) })),
      ...fieldsOf(body),
    ],
    request: exampleRequest(verb, path, operation, body),
    gives: fieldsOf(answer),
    answer: answer?.example === undefined ? undefined : pretty(answer.example),
    refusals: Object.entries(responses)
      .filter(([status]) => status !== '200')
      .map(([status, { description, content }]) => ({
        status,
        words: description,
        examples: Object.values(firstOf(content)?.examples ?? {}).map(({ value }) => pretty(value)),
      })),
  };
}

const firstOf = (contents: Contents = {}): Content | undefined => Object.values(contents)[0];

const wordsOf = ({ description, enum: values }: Property): string =>
  description ?? values?.map(String).join(', ') ?? '';

const fieldsOf = (content: Content | undefined): Field[] =>
  Object.entries(content?.schema.properties ?? {}).map(([name, property]) => ({
    name,
    required: content?.schema.required?.includes(name) ?? false,
    words: wordsOf(property),
  }));

const pretty = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

function exampleRequest(
  verb: string,
  path: string,
  { parameters = [], responses }: Operation,
  body: Content | undefined,
): string | undefined {
  if (firstOf(responses['200']?.content)?.example === undefined) return undefined;
  const given = parameters.filter(({ example }) => example !== undefined);
  const query = given
    .filter(({ name }) => !path.includes(`{${name}}`))
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`)
    .join('&');
  const address = given.reduce((rest, { name, example }) => rest.replace(`{${name}}`, String(example)), path);
  const line = `${verb} ${address}${query && `?${query}`}`;
  return body?.example === undefined ? line : `${line}\n${pretty(body.example)}`;
}
