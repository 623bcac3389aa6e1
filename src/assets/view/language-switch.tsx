/** Another language, at once, for everything that is to be read: nothing of what was begun is lost. */
import { useId } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { chooseLanguage, type Language, LANGUAGES, speech } from '../texts/language';
import { text } from '../texts/text';

export function LanguageSwitch() {
  const id = useId();
  return (
    <div class="language">
      <Icon name="globe" size={20} />
      <label for={id} class="unseen">
        {text('language.choose')}
      </label>
      <select
        id={id}
        value={speech.value.language}
        onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value as Language)}
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
