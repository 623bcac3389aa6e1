/** What invitations say by text message: in every language of the pages, and in few segments, because each is paid. */
import { segmentsOf } from '../../emulator/twilio-api/segments';
import languages from '../../src/assets/texts/languages.json';
import english from '../../src/assets/texts/en.json';
import { brandSettings } from '../../src/config/brand';
import { Variables } from '../../src/config/settings';
import { INVITATION_LANGUAGES, type InvitationLanguage, invitationText } from '../../src/domain/invitation';

const NUMBER = '482913';
const LINK = `https://foyer-1234-stage.twil.io/meeting.html#${NUMBER}`;
const LONGEST_NAME = 'N'.repeat(40);

const saying = (language: InvitationLanguage, name = 'Harbour Clinic', number = NUMBER): string =>
  invitationText({ brand: { name, language }, number, link: LINK.replace(NUMBER, number) });

test('there are words in every language that pages have, and in no other', () => {
  expect(INVITATION_LANGUAGES.toSorted()).toEqual(Object.keys(languages).toSorted());
});

test.each(INVITATION_LANGUAGES)('%s names who invites, and has the link on a line of its own', (language) => {
  expect(saying(language)).toMatch(
    /Harbour Clinic[^\n]*\nhttps:\/\/foyer-1234-stage\.twil\.io\/meeting\.html#482913$/,
  );
});

test.each(['en', 'de'] as const)(
  '%s is one segment, and two at most with the longest name and number',
  (language) => {
    expect(segmentsOf(saying(language, 'Praxis Grün & Söhne'))).toBe(1);
    expect(segmentsOf(saying(language, LONGEST_NAME, '123456789012345'))).toBeLessThanOrEqual(2);
  },
);

test('Arabic is two segments at most, and one with a short name and address', () => {
  expect(segmentsOf(saying('ar', LONGEST_NAME, '123456789012345'))).toBe(2);
  const [brand, link] = [
    { name: 'Foyer', language: 'ar' } as const,
    `https://foyer-1234.twil.io/meeting.html#${NUMBER}`,
  ];
  expect(segmentsOf(invitationText({ brand, number: NUMBER, link }))).toBe(1);
});

test('without a brand it is the name that pages have, in English', () => {
  expect(brandSettings(new Variables({}))).toEqual({ name: english.brand, language: 'en' });
});

test('a language that there is not is a fault, by the name of its variable', () => {
  const variables = new Variables({ BRAND_LANGUAGE: 'fr' });
  brandSettings(variables);
  expect(variables.faults).toEqual(['BRAND_LANGUAGE must be en or de or ar']);
});
