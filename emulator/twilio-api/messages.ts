/**
 * Messages as the API of 2010 takes them: https://www.twilio.com/docs/messaging/api/message-resource
 * None leaves this machine. The vendor's own magic numbers are refused as it refuses them:
 * https://www.twilio.com/docs/iam/test-credentials#test-sms-messages
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../twilio/clock';
import { VendorError } from '../twilio/errors';
import { byMethod, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { segmentsOf } from './segments';

export interface Message {
  readonly sid: string;
  readonly to: string;
  /** A number or a messaging service. */
  readonly from: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const LONGEST_BODY = 1_600;
/** Older ones are forgotten. */
const MOST_MESSAGES = 1_000;
const E164 = /^\+[1-9]\d{6,14}$/;
const SENDER = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/;
const SERVICE = /^MG[0-9a-f]{32}$/i;

/** To → the vendor's code and words. */
const MAGIC: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['+15005550001', [21211, "The 'To' number is not a valid phone number"]],
  ['+15005550002', [21612, "The 'To' number cannot be reached from this 'From' number"]],
  ['+15005550003', [21408, 'Permission to send an SMS has not been enabled for this region']],
  ['+15005550004', [21610, 'Attempt to send to unsubscribed recipient']],
  ['+15005550009', [21614, "The 'To' number is not a valid mobile number"]],
]);

export class Messages {
  readonly #clock: Clock;
  readonly #accountSid: string;
  #sent: Message[] = [];

  constructor(clock: Clock, accountSid: string) {
    this.#clock = clock;
    this.#accountSid = accountSid;
  }

  /** Newest last. */
  get sent(): readonly Message[] {
    return this.#sent;
  }

  clear(): void {
    this.#sent = [];
  }

  handle({ method, form }: RestRequest): RestResponse {
    return byMethod(method, { POST: () => ({ status: 201, body: this.#view(this.#create(form)) }) });
  }

  #create(form: URLSearchParams): Message {
    const field = (name: string): string => form.get(name) ?? '';
    const [to, body, service] = [field('To'), field('Body'), field('MessagingServiceSid')];
    const from = service || field('From');
    if (to === '') throw refused(21604, "A 'To' phone number is required.");
    if (from === '') throw refused(21603, "A 'From' phone number is required.");
    if (service !== '' && !SERVICE.test(service))
      throw refused(21705, 'The Messaging Service Sid is invalid');
    if (service === '' && !SENDER.test(from)) throw refused(21212, `Invalid From Number: ${from}`);
    if (body === '') throw refused(21602, 'Message body is required.');
    if (body.length > LONGEST_BODY)
      throw refused(21617, `The concatenated message body exceeds the ${LONGEST_BODY} character limit`);
    if (!E164.test(to)) throw refused(21211, `Invalid 'To' Phone Number: ${to}`);
    const magic = MAGIC.get(to);
    if (magic) throw refused(magic[0], `${magic[1]}: ${to}`);
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const message = { sid, to, from, body, created: this.#clock.now() };
    this.#sent = [...this.#sent, message].slice(-MOST_MESSAGES);
    return message;
  }

  #view({ sid, to, from, body, created }: Message): object {
    const byService = from.startsWith('MG');
    return {
      sid,
      account_sid: this.#accountSid,
      to,
      from: byService ? null : from,
      messaging_service_sid: byService ? from : null,
      body,
      status: byService ? 'accepted' : 'queued',
      direction: 'outbound-api',
      // Of a messaging service's it is not known yet who sends it.
      num_segments: byService ? '0' : String(segmentsOf(body)),
      error_code: null,
      error_message: null,
      date_created: new Date(created).toUTCString().replace('GMT', '+0000'),
      date_sent: null,
      uri: `/2010-04-01/Accounts/${this.#accountSid}/Messages/${sid}.json`,
    };
  }
}

const refused = (code: number, message: string): VendorError => new VendorError(400, code, message);
