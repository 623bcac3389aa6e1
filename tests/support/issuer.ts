/**
 * An identity provider on this machine: publishes its keys over HTTP, and signs whatever a test asks for. It
 * signs by `node:crypto` alone, so that the library which checks its tokens is not its own witness.
 */
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA';
type Json = Readonly<Record<string, unknown>>;

export interface SigningKey {
  readonly alg: Algorithm;
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** As it is published. */
  readonly jwk: Json;
}

const pairOf = (alg: Algorithm, bits: number) => {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (alg === 'ES384') return generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return alg === 'EdDSA'
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('rsa', { modulusLength: bits });
};

export function signingKey(alg: Algorithm, kid: string = randomUUID(), bits = 2048): SigningKey {
  const { publicKey, privateKey } = pairOf(alg, bits);
  return {
    alg,
    kid,
    publicKey,
    privateKey,
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' },
  };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 7515: what is signed, and the signature. */
export function compact(header: Json, payload: unknown, signer: (input: Buffer) => Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
}

/** RFC 7518 section 3: ECDSA signatures are two numbers side by side, RSA-PSS salts are as long as the hash. */
export const signerOf = ({ alg, privateKey }: SigningKey) => {
  if (alg === 'EdDSA') return (input: Buffer) => sign(null, input, privateKey);
  const hash = alg === 'ES384' ? 'sha384' : 'sha256';
  const pss = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {};
  return (input: Buffer) => sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363', ...pss });
};

export const hmacSigner = (secret: string | Buffer) => (input: Buffer) =>
  createHmac('sha256', secret).update(input).digest();

export class Issuer {
  /** What it publishes. */
  keys: readonly SigningKey[] = [];
  /** Answers in its own way instead. */
  misbehave: ((response: ServerResponse) => void) | undefined;
  /** How often it was asked for its keys since this was last set. */
  asked = 0;
  readonly audience = 'https://meet.example';
  private port = 0;
  private readonly server = createServer((request, response) => {
    this.asked += 1;
    if (this.misbehave) return this.misbehave(response);
    if (request.method !== 'GET' || request.url !== '/keys') return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
  });

  static async publishing(...keys: readonly SigningKey[]): Promise<Issuer> {
    const issuer = new Issuer();
    issuer.keys = keys;
    await issuer.up();
    return issuer;
  }

  get name(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** What Foyer has to be told to trust it. */
  get variables(): Record<string, string> {
    return { AUTH_JWKS_URL: `${this.name}keys`, AUTH_ISSUER: this.name, AUTH_AUDIENCE: this.audience };
  }

  /** Claims of a good token, changed as told; `undefined` takes one out. */
  claims(changes: Json = {}): Json {
    const now = Math.floor(Date.now() / 1000);
    return { iss: this.name, aud: this.audience, sub: 'ann', iat: now, exp: now + 300, ...changes };
  }

  /** @param header changes the token's */
  token(key: SigningKey, changes: Json = {}, header: Json = {}): string {
    return compact(
      { alg: key.alg, kid: key.kid, typ: 'JWT', ...header },
      this.claims(changes),
      signerOf(key),
    );
  }

  /** Listens, on the same port as before if it has been down. */
  async up(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }
}
