/** What a text message says that brings a guest to a meeting: in the language of whose service it is, and short. */

export interface Brand {
  /** What people know the service by. */
  readonly name: string;
  readonly language: InvitationLanguage;
}

interface Invitation {
  readonly brand: Brand;
  /** The meeting's, to be typed where the link cannot be followed. */
  readonly number: string;
  readonly link: string;
}

/**
 * A message is paid by segments: 160 characters of GSM 03.38, to which English and German keep, or 70 of any script,
 * 67 each where there are several. So Arabic leaves the number out, which is the end of the link.
 */
const WORDS = {
  en: ({ name }, number) => `${name} invites you to a video meeting, number ${number}:`,
  de: ({ name }, number) => `${name} lädt Sie zu einer Videobesprechung ein, Nummer ${number}:`,
  ar: ({ name }) => `اجتماع فيديو مع ${name}`,
} as const satisfies Record<string, (brand: { readonly name: string }, number: string) => string>;

export type InvitationLanguage = keyof typeof WORDS;

export const INVITATION_LANGUAGES = Object.keys(WORDS) as readonly InvitationLanguage[];

/** The link has a line of its own: it reads from the left whatever stands above it, and nothing sticks to its end. */
export const invitationText = ({ brand, number, link }: Invitation): string =>
  `${WORDS[brand.language](brand, number)}\n${link}`;
