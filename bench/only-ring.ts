/**
 * The least that a function can do to ring: one write to Sync. It reads nothing, knows nobody and keeps nothing, so
 * what it takes is the platform's share: the front port, the runtime, one round trip and the push to the gateway.
 */
import type { Build } from '../scripts/build/project';
import { addFunction } from './built-functions';

export const ONLY_RING = '/bench/only-ring';

const SOURCE = `
const { Agent, request } = require('node:http');
const { randomUUID } = require('node:crypto');
const agent = new Agent({ keepAlive: true });
exports.handler = (context, { list, callerId, receiverId }, callback) => {
  const [caller, receiver] = [callerId, receiverId].map((id) => ({ id, name: id, location: 'Nairobi' }));
  const call = { id: randomUUID(), caller, receiver, status: 'DIALLING' };
  const message = { id: call.id + ':1', type: 'INCOMING_CALL', call };
  const body = String(new URLSearchParams({ Data: JSON.stringify({ to: { users: [receiverId] }, message }) }));
  const { ACCOUNT_SID, AUTH_TOKEN, SYNC_SERVICE_SID, SYNC_API_URL } = context;
  const url = SYNC_API_URL + '/v1/Services/' + SYNC_SERVICE_SID + '/Lists/' + list + '/Items';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
  const options = { method: 'POST', agent, auth: ACCOUNT_SID + ':' + AUTH_TOKEN, headers };
  const sent = request(url, options, (response) => {
    response.resume();
    response.on('end', () => callback(null, response.statusCode === 201 ? call : { status: 'ERROR' }));
  });
  sent.on('error', (error) => callback(error));
  sent.end(body);
};
`;

export const addOnlyRing = (build: Build): void => addFunction(build, ONLY_RING, SOURCE);

/** The gateway's mailboxes, which are all the lists that there are while nobody is on Sync. */
export async function mailboxesOf(variables: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { ACCOUNT_SID, AUTH_TOKEN, SYNC_SERVICE_SID, SYNC_API_URL } = variables;
  const Authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
  const url = `${SYNC_API_URL}/v1/Services/${SYNC_SERVICE_SID}/Lists`;
  const response = await fetch(url, { headers: { Authorization } });
  const { lists } = (await response.json()) as { lists: readonly { readonly sid: string }[] };
  if (lists.length === 0) throw new Error('the gateway has no mailboxes');
  return lists.map(({ sid }) => sid);
}
