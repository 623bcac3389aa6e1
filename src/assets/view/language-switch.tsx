/** Another language, at once, for everything that is to be read: nothing of what was begun is lost. */
import { useId, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { chooseLanguage, type Language, LANGUAGES, speech } from '../texts/language';
import { text } from '../texts/text';

export function LanguageSwitch() {
  const id = useId();
  const [, draw] = useState({});
  return (
    <div class="language">
      <Icon name="globe" size={20} />
      <label for={id} class="unseen">
        {text('language.choose')}
      </label>
      <select
        id={id}
        value={speech.value.language}
        // Should its words not come, all goes on as it was.
        onChange={({ currentTarget }) =>
          void chooseLanguage(currentTarget.value as Language).catch(() => draw({}))
        }
      >
        {LANGUAGES.map(({ language, name }) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
