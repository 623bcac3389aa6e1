/** Which parts of the words a page says from its beginning: what all say, and what pages.json has for it. */
import type { Part } from './files';

export const partsSaid = ({ dataset }: HTMLElement): Part[] =>
  `everybody ${dataset['says'] ?? ''}`.trim().split(/\s+/) as Part[];
