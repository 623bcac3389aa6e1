/** Text messages: by which of the account's senders, and where the API is. */
import type { Variables } from './settings';

export interface MessagingSettings {
  readonly apiUrl: string;
  /** Exactly one of the two. */
  readonly sender: { readonly MessagingServiceSid: string } | { readonly From: string };
}

/** Whether there is anything to send text messages by, right or wrong. */
export interface SenderSettings {
  readonly hasSender: boolean;
  /** Where a local run shows what was sent; nothing leaves the machine there. */
  readonly shownAt: string | undefined;
}

const API_URL = 'https://api.twilio.com';
const SERVICE = /^MG[0-9a-f]{32}$/i;
/** A number, a short code, or a name where carriers take one. */
const SENDER = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/;

/** Leaves faults to those who send: whoever only asks is not stopped by them. */
export const senderSettings = (variables: Variables): SenderSettings => ({
  hasSender: ['MESSAGING_SERVICE_SID', 'SMS_FROM'].some((name) => variables.text(name) !== ''),
  shownAt: variables.text('SMS_OUTBOX_URL') || undefined,
});

export function messagingSettings(variables: Variables): MessagingSettings {
  const [service, from] = [variables.text('MESSAGING_SERVICE_SID'), variables.text('SMS_FROM')];
  const apiUrl = variables.httpUrl('TWILIO_API_URL', API_URL).replace(/\/+$/, '');
  if (service !== '') {
    variables.required('MESSAGING_SERVICE_SID', SERVICE, 'MG and 32 hexadecimal digits');
    return { apiUrl, sender: { MessagingServiceSid: service } };
  }
  if (from === '') variables.faults.push('text messages need a sender: MESSAGING_SERVICE_SID or SMS_FROM');
  else variables.required('SMS_FROM', SENDER, 'a number like +14155550123, a short code, or a name');
  return { apiUrl, sender: { From: from } };
}
