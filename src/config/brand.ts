/** Whose service it is, where functions write to people; pages have it from their build. */
import { type Brand, INVITATION_LANGUAGES } from '../domain/invitation';
import type { Variables } from './settings';

export const brandSettings = (variables: Variables): Brand => ({
  name: variables.text('BRAND_NAME') || 'Foyer',
  language: variables.oneOf('BRAND_LANGUAGE', INVITATION_LANGUAGES, 'en'),
});
