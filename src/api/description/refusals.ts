/** How refusals are described: by status, each family in its one shape of errors. */
import { ERROR_SHAPES, type Family } from '../routes';
import { refusalsOf, type Refused } from './callers';
import type { JsonSchema } from './json-schema';
import type { Place } from './places';

/** What is refused, by status; in the family's one shape of errors. */
export function refuses({ family, operation }: Place): object {
  const all = refusalsOf(family, operation);
  const { contentType } = ERROR_SHAPES[family]('');
  const [media = ''] = contentType.split(';');
  return Object.fromEntries(
    [...new Set(all.map(({ status }) => status))]
      .toSorted((a, b) => a - b)
      .map((status) => {
        const same = all.filter((one) => one.status === status);
        const examples = same.flatMap(({ when, message, details }, index) =>
          message === undefined
            ? []
            : [[`refusal${index + 1}`, { summary: when, value: refusalBody(family, message, details) }]],
        );
        return [
          String(status),
          {
            description: [...new Set(same.map(({ when }) => when))].join(' '),
            ...(status === 429 || status === 503 ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
            content: {
              [media]: {
                schema: { $ref: `#/components/schemas/${errorName(family)}` },
                ...(examples.length > 0 ? { examples: Object.fromEntries(examples) as object } : {}),
              },
            },
          },
        ];
      }),
  );
}

function refusalBody(family: Family, message: string, details?: Refused['details']): unknown {
  const { body } = ERROR_SHAPES[family](message);
  return typeof body === 'string' ? body : { ...body, ...details };
}

const RETRY_AFTER = { description: 'Seconds until another try may succeed.', schema: { type: 'integer' } };

export const errorName = (family: Family): string =>
  `${family.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Error`;

export function errorSchema(family: Family): JsonSchema {
  const { body } = ERROR_SHAPES[family]('…');
  if (typeof body === 'string') return { type: 'string', pattern: '^Error: ' };
  const names = Object.keys(body);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  };
}
