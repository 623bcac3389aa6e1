/** Foyer with an identity provider beside it: an operator route, a user route, and people with tokens. */
import { Issuer, signingKey } from './issuer';
import type { Reply } from './http';
import { type Runtime, startRuntime } from './runtime';

/** A route for users, as bare as can be. */
const ACT_FOR = `
  import * as z from 'zod/mini';
  import { requireSubject } from './src/app/require-subject';
  import { endpoint } from './src/http/endpoint';
  export const handler = endpoint({
    family: 'service',
    access: 'user',
    services: () => ({}),
    request: z.object({ uid: z.string() }),
    handle: async ({ input, caller }) => {
      requireSubject(caller, input.uid, 'uid');
      return { user: caller.user };
    },
  });`;

/** Published by every issuer of a test. */
export const rsa = signingKey('RS256');
export const ec = signingKey('ES256');
export const ed = signingKey('EdDSA');
/** Somebody else's. */
export const foreign = signingKey('RS256');

export interface IssuerWorld {
  readonly foyer: Runtime;
  /** New for every test. */
  readonly issuer: Issuer;
  begin(): Promise<void>;
  end(): Promise<void>;
  /** To an operator route, whose family answers every refusal with 403. */
  operate(credential: string): Promise<Reply>;
  /** To a user route, straight to the functions: the front port knows nothing of it. */
  actFor(uid: string, credential?: string): Promise<Reply>;
  later(seconds: number): void;
  /** Of each request since this was last asked, or anything printed was. */
  upstreamCalls(): number[];
}

const bearing = (credential?: string): Record<string, string> =>
  credential === undefined ? {} : { authorization: `Bearer ${credential}` };

export async function issuerWorld(): Promise<IssuerWorld> {
  const foyer = await startRuntime({ 'act-for': ACT_FOR });
  let issuer: Issuer;
  return {
    foyer,
    get issuer() {
      return issuer;
    },
    begin: async () => {
      issuer = await Issuer.publishing(rsa, ec, ed);
      delete foyer.environment['ALLOW_ANONYMOUS_OPERATORS'];
      Object.assign(foyer.environment, issuer.variables);
      foyer.printed();
    },
    end: async () => {
      foyer.restore();
      await issuer.down();
    },
    operate: (credential) => foyer.call('/admin/create', {}, { headers: bearing(credential) }),
    actFor: (uid, credential) => {
      const headers = {
        ...bearing(credential),
        'x-foyer-front': foyer.environment['FRONT_PORT_SECRET'] ?? '',
      };
      return foyer.call('/act-for', { uid }, { headers, via: 'functions' });
    },
    later: (seconds) => foyer.clock.advance(seconds * 1000),
    upstreamCalls: () => foyer.printed().map((line) => JSON.parse(line).upstream),
  };
}
