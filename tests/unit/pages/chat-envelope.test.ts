/** What a message of the chat may be: everything comes from other people's browsers, or from whatever they have there. */
import * as fc from 'fast-check';
import { envelope, readEnvelope } from '../../../src/assets/room/chat/envelope';
import { withLinks } from '../../../src/assets/room/chat/links';
import { isVisible, plain } from '../../../src/assets/room/chat/plain';

const ID = 'aaaaaaaaaaaaaaaaaaaaaaaa';

const wire = (fields: object): string =>
  JSON.stringify({ v: 1, type: 'chat', id: ID, text: 'hello', ...fields });

test('what is sent is read as it was written', () => {
  const text = 'Grüezi! مرحبا 👩‍⚕️\nsecond line "quoted"';
  expect(readEnvelope(envelope({ id: ID, text }))).toEqual({ id: ID, text });
});

test('the longest message of any script fits into what providers carry', () => {
  for (const character of ['x', '"', '\\', '\n', 'ü', '漢', '😀']) {
    const text = character.repeat(2_000 / character.length);
    expect(Buffer.byteLength(envelope({ id: ID, text }))).toBeLessThanOrEqual(8_000);
  }
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"v":1'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '["chat"]'],
  ['another version', wire({ v: 2 })],
  ['a version that is not a number', wire({ v: '1' })],
  ['another type', wire({ type: 'typing' })],
  ['no id', wire({ id: undefined })],
  ['an id that is not text', wire({ id: 7 })],
  ['an id of another shape', wire({ id: '../../another' })],
  ['an id without end', wire({ id: 'a'.repeat(65) })],
  ['text that is not text', wire({ text: { toString: 'x' } })],
  ['more text than may be written', wire({ text: 'x'.repeat(2_001) })],
  ['more than providers carry', wire({ padding: 'x'.repeat(8_000) })],
  ['blanks', wire({ text: ' \n\t ' })],
  ['nothing that can be seen', wire({ text: '\u200b\u200d\u2060\u3164\u0301' })],
])('%s is no message', (_, raw) => {
  expect(readEnvelope(raw)).toBeUndefined();
});

test('the sender says neither who wrote it nor when', () => {
  const raw = wire({ name: 'Dr. Noor', from: 'host-1', at: 0, own: true, __proto__: { state: 'failed' } });
  expect(readEnvelope(raw)).toEqual({ id: ID, text: 'hello' });
});

test('whatever is received stays a message or nothing', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '"v":1',
    '"type":"chat"',
    `"id":"${ID}"`,
    '"text":"x"',
    ',',
    '[',
    '1e999',
  );
  const raw = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((all) => all.join('')),
    fc.json(),
    fc.string(),
  );
  fc.assert(fc.property(raw, (text) => [undefined, 'x'].includes(readEnvelope(text)?.text)));
});

const TROUBLESOME = [
  'a',
  'م',
  ' ',
  '\n',
  '\r',
  '\t',
  '\u0000',
  '\u0301',
  '\u200b',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud83d',
  '\ude00',
  '😀',
];

test('text that was made plain once stays as it is', () => {
  const unit = fc.constantFrom(...TROUBLESOME);
  fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), (text) => plain(plain(text)) === plain(text)));
});

describe('text is shown as it reads', () => {
  test.each([
    ['controls', 'a\u0000b\u0007c\u001b[31md', 'abc[31md'],
    ['overrides of direction', 'pay\u202e gpj.exe\u202c', 'pay gpj.exe'],
    ['isolates', '\u2066left\u2069 alone', 'left alone'],
    ['half characters', 'a\ud83d', 'a\ufffd'],
    ['line breaks of any kind', 'a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
    ['empty lines', 'a\n\n \n\n\n\nb', 'a\n\nb'],
    ['tabs', 'a\tb', 'a b'],
    ['accents piled up', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(6)}b`],
    ['what stands around it', '\n  a \n', 'a'],
  ])('%s', (_, given, shown) => {
    expect(plain(given)).toBe(shown);
  });

  test.each(['👩‍⚕️', '🏳️‍🌈', '👍🏽', '🇨🇭', '0️⃣', 'שָׁלוֹם', 'نگه‌دار', 'ต่ำ', 'e\u0301'])(
    '%s is left alone',
    (text) => {
      expect(plain(text)).toBe(text);
      expect(isVisible(text)).toBe(true);
    },
  );
});

describe('addresses of web pages can be followed', () => {
  const hrefs = (text: string): string[] =>
    withLinks(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]));

  test.each([
    ['see https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
    ['(https://example.com/x)', ['https://example.com/x']],
    ['https://example.com/x_(y)', ['https://example.com/x_(y)']],
    ['http://a.example, https://b.example!', ['http://a.example/', 'https://b.example/']],
    ['HTTPS://EXAMPLE.COM', ['https://example.com/']],
    ['https://пример.example/', ['https://xn--e1afmkfd.example/']],
  ])('%s', (text, wanted) => {
    expect(hrefs(text)).toEqual(wanted);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'www.example.com',
    'https://',
    'https://bank.example@evil.example/',
    'xhttps://example.com',
  ])('%s is text', (text) => {
    expect(hrefs(text)).toEqual([]);
  });

  test('nothing of the text is lost or added', () => {
    const text = 'a https://example.com/x). b\nhttps://u:p@x.example c http://d.example';
    const words = withLinks(text).map((piece) => (typeof piece === 'string' ? piece : piece.words));
    expect(words.join('')).toBe(text);
  });

  test('a text made to be slow to search is not', () => {
    const begun = performance.now();
    withLinks(`https://${'.'.repeat(1_900)}`);
    withLinks('http'.repeat(500));
    plain('\n '.repeat(1_000));
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
