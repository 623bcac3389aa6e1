/** Another language in the middle of a call, which has no bar with the switch. */
import { useId, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog';
import { chooseLanguage, LANGUAGES, speech } from '../texts/language';
import { text } from '../texts/text';

export function LanguageDialog({ onClose }: { readonly onClose: () => void }) {
  const id = useId();
  const [, draw] = useState({});
  return (
    <Dialog title={text('language.choose')} onClose={onClose}>
      <fieldset class="choice" aria-label={text('language.choose')}>
        {LANGUAGES.map(({ language, name }) => (
          <label key={language} class="choice-card" lang={language}>
            <input
              type="radio"
              name={id}
              checked={language === speech.value.language}
              // Should its words not come, all goes on as it was.
              onChange={() => void chooseLanguage(language).catch(() => draw({}))}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
