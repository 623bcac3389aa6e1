/** How many segments a text message has, each of which is paid: https://www.twilio.com/docs/glossary/what-sms-character-limit */

/** GSM 03.38: one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Two septets each: an escape comes before them. */
const EXTENSION = new Set('\f^{}\\[~]|€');

const GSM = { alone: 160, joined: 153 } as const;
/** In UTF-16 units: one character that GSM 03.38 lacks, and the whole message is UCS-2. */
const UCS_2 = { alone: 70, joined: 67 } as const;

export function segmentsOf(text: string): number {
  const units = text.split('');
  const isGsm = units.every((one) => BASIC.has(one) || EXTENSION.has(one));
  const escapes = isGsm ? units.filter((one) => EXTENSION.has(one)).length : 0;
  const length = units.length + escapes;
  const { alone, joined } = isGsm ? GSM : UCS_2;
  return length <= alone ? 1 : Math.ceil(length / joined);
}
