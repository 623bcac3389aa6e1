/** Who is online, each to be called with one press. */
import { useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { PeopleList, Person } from '../parts/list';
import { wordsFor } from '../texts/reasons';
import { text } from '../texts/text';
import type { Desk } from './desk';
import type { OtherPerson } from './people';

/** Nobody looks through more; whoever is not among them is found by name. */
const MOST_SHOWN = 100;

export function PeopleOnline({ desk }: { readonly desk: Desk }) {
  const [wanted, setWanted] = useState('');
  const { people, phone } = desk;
  const all = people.others.value;
  const found = all?.filter((one) => matches(one, wanted)) ?? [];
  const online = all?.filter(({ isOnline }) => isOnline).length ?? 0;
  const trouble = people.trouble.value;
  const isFree = phone.state.value.stage !== 'elsewhere';
  return (
    <section class="card people-online" aria-labelledby="people-heading">
      <h2 id="people-heading">
        {text('people.title')}
        {online > 0 && <span class="count">{online}</span>}
      </h2>
      <Field
        label={text('people.find')}
        value={wanted}
        onText={setWanted}
        autoComplete="off"
        maxLength={80}
      />
      {/* Of a fixed height: whoever comes moves nothing else. Focusable, so that keys scroll it. */}
      <div class="people-scroll" tabIndex={0} role="region" aria-label={text('people.title')}>
        {found.length > 0 ? (
          <PeopleList label={text('people.title')}>
            {found.slice(0, MOST_SHOWN).map((one) => (
              <Person key={one.id} name={one.name} note={noteOn(one)}>
                {one.isOnline && isFree && (
                  <Button
                    kind="primary"
                    class="button-small"
                    icon="camera"
                    aria-label={text('people.callName', { name: one.name })}
                    onClick={() => phone.ring(one)}
                  >
                    {text('people.call')}
                  </Button>
                )}
              </Person>
            ))}
          </PeopleList>
        ) : (
          <p class="soft" role="status">
            {all ? text(wanted ? 'people.nobodyFound' : 'people.nobody') : text('people.looking')}
          </p>
        )}
        {found.length > MOST_SHOWN && (
          <p class="small soft">{text('people.more', { count: found.length - MOST_SHOWN })}</p>
        )}
      </div>
      <p class="small soft people-trouble" role="status">
        {trouble && trouble !== 'usersOnly' ? wordsFor(trouble) : ''}
      </p>
    </section>
  );
}

/** Always one line: whoever goes does not move. */
const noteOn = ({ isOnline, location }: OtherPerson): string =>
  isOnline ? location || text('people.here') : text('people.gone');

const matches = ({ name, location }: OtherPerson, wanted: string): boolean =>
  `${name} ${location}`.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
