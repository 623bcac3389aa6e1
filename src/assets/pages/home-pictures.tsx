/** Small drawings, in the colours of the brand. They say nothing that the words beside them do not. */
import type { ComponentChildren } from 'preact';

const Picture = ({ children }: { readonly children: ComponentChildren }) => (
  <svg viewBox="8 10 184 96" width="184" height="96" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

/** Somebody in a chair, and a door that is about to open. */
export const WaitingPicture = () => (
  <Picture>
    <rect class="picture-wash" x="8" y="10" width="184" height="96" rx="16" />
    <path class="picture-line" d="M24 94h152" />
    <path class="picture-ground" d="M118 94V46a20 20 0 0 1 40 0v48z" />
    <circle class="picture-full" cx="150" cy="70" r="2.5" />
    <circle class="picture-ground" cx="62" cy="44" r="10" />
    <path class="picture-line" d="M46 94V78a16 16 0 0 1 32 0v16M38 94V74M38 84h8" />
    <path class="picture-line" d="M30 34a34 34 0 0 1 12-12M96 26l6 4" />
  </Picture>
);

/** A phone and a computer that ring. */
export const PhonePicture = () => (
  <Picture>
    <rect class="picture-wash" x="8" y="10" width="184" height="96" rx="16" />
    <rect class="picture-ground" x="34" y="34" width="84" height="52" rx="8" />
    <path class="picture-line" d="M26 94h100" />
    <circle class="picture-ground" cx="76" cy="54" r="8" />
    <path class="picture-line" d="M60 80a16 16 0 0 1 32 0" />
    <rect class="picture-ground" x="136" y="38" width="32" height="56" rx="7" />
    <circle class="picture-full" cx="152" cy="60" r="7" />
    <path class="picture-line" d="M148 84h8M130 30a30 30 0 0 1 10-10M174 30a30 30 0 0 0-10-10" />
  </Picture>
);

/** Three doors; somebody is behind two of them. */
export const RoomsPicture = () => (
  <Picture>
    <rect class="picture-wash" x="8" y="10" width="184" height="96" rx="16" />
    <path class="picture-line" d="M24 94h152" />
    <path
      class="picture-ground"
      d="M34 94V52a16 16 0 0 1 32 0v42zM84 94V52a16 16 0 0 1 32 0v42zM134 94V52a16 16 0 0 1 32 0v42z"
    />
    <circle class="picture-full" cx="50" cy="26" r="5" />
    <circle class="picture-full" cx="93" cy="26" r="5" />
    <circle class="picture-full" cx="107" cy="26" r="5" />
    <path class="picture-line" d="M146 26h8M59 74v.1M109 74v.1M159 74v.1" />
  </Picture>
);
