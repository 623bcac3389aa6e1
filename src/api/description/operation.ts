/** What is said of a route beside its path, verbs and family: the words, the shapes and the examples of one operation. */
import * as z from 'zod/mini';
import type { Verb } from '../routes';

/** Who may call: the names of the document's security schemes, or anybody. */
export type Caller = 'operator' | 'user' | 'anybody' | 'gateway' | 'twilio' | 'livekit' | '100ms';

/** A request that is refused, and in which words; a test sends it. */
export interface RefusalExample {
  readonly status: number;
  readonly when: string;
  readonly request: object;
  readonly message: string;
  /** What comes along, in families whose errors are JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly path: string;
  /** The verbs that mean this; all of the route's unless given. */
  readonly verbs?: readonly Verb[];
  readonly summary: string;
  readonly caller: Caller;
  readonly request: z.ZodMiniType;
  readonly answer: z.ZodMiniType;
  /** Of vendors and gateways there is none: they do not read this. */
  readonly example?: { readonly request: object; readonly answer: unknown };
  readonly refusals?: readonly RefusalExample[];
}

/**
 * A schema of what a route answers, held by the compiler against the type that its function is held against: no field
 * more or less, each of its type.
 */
export const answerOf =
  <T>() =>
  <S extends z.ZodMiniType<T>>(schema: S & (keyof T extends keyof z.output<S> ? unknown : never)): S =>
    schema;

/** The schema with a sentence for its readers. */
export function said<S extends z.ZodMiniType>(description: string, schema: S): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

export const textOf = (description: string) => said(description, z.string());
export const listOf = <S extends z.ZodMiniType>(schema: S) => z.readonly(z.array(schema));

export const time = () => said('ISO 8601, UTC', z.string());
export const connectOptions = () =>
  said(
    'Options for the SDK that takes the token. Empty on the vendor’s own cloud; names the emulator in a local run.',
    z.record(z.string(), z.unknown()),
  );
export const liveKitUrl = () => textOf('Where livekit-client connects to.');
export const liveKitToken = () => textOf('For livekit-client.');
