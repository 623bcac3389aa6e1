/** What we use of `jose`, in a module of its own: only a request that brings a token loads it. */
export { createLocalJWKSet, errors, jwtVerify } from 'jose';
