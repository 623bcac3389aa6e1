/** Whose pages these are, as far as code has to know. */

interface Brand {
  readonly logo?: { readonly path: string; readonly width: number; readonly height: number };
  /** Where people get help. */
  readonly support?: string;
  readonly privacy?: string;
}

/** JSON that the build puts in. */
declare const BRAND: string;

export const brand = JSON.parse(BRAND) as Brand;
