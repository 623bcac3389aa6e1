/** Functions that let every socket in and keep nothing, with mailboxes in an emulated Sync: what a gateway needs to run. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { createSyncEmulator } from '../../emulator/twilio-sync/server';
import { accessToken } from '../../src/adapters/twilio/access-token';
import { answerCalls } from '../child';

const MAILBOXES = 4;
const hex = (): string => randomBytes(16).toString('hex');

const calls = {
  /** @returns their origin */
  async start(): Promise<string> {
    const account = { accountSid: `AC${hex()}`, authToken: hex(), apiKey: `SK${hex()}`, apiSecret: hex() };
    const { accountSid, authToken, apiKey, apiSecret } = account;
    const credentials = { accountSid, authToken, apiKeys: { [apiKey]: apiSecret } };
    const { origin } = await createSyncEmulator({ credentials }).listen();
    const vendor = twilio(accountSid, authToken);
    vendor.sync.baseUrl = origin;
    const { sid: service } = await vendor.sync.v1.services.create();
    const lists: string[] = [];
    while (lists.length < MAILBOXES) {
      lists.push((await vendor.sync.v1.services(service).syncLists.create()).sid);
    }
    const grants = { data_sync: { service_sid: service } };
    const lease = {
      lists,
      token: accessToken(account, { identity: 'gateway', ttl: 3600, grants }),
      connect_options: { twilsock: { uri: `${origin.replace('http', 'ws')}/v3/wsconnect` } },
      lease_seconds: 30,
      renew_seconds: 10,
    };
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => response.end(JSON.stringify(request.url === '/gateway/lease' ? lease : {})));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
};

export type ObligingFunctionsCalls = typeof calls;

answerCalls(calls);
