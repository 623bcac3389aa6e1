/** Calls that were missed, each to be answered by calling back. */
import { Button } from '../parts/button';
import { PeopleList, Person } from '../parts/list';
import { momentOf, text } from '../texts/text';
import type { Desk } from './desk';

export function MissedList({ desk }: { readonly desk: Desk }) {
  const { missed, phone } = desk;
  const all = missed.all.value;
  const isFree = phone.state.value.stage !== 'elsewhere';
  return (
    <section class="card stack missed" aria-labelledby="missed-heading">
      <div class="missed-head">
        <h2 id="missed-heading">
          {text('missed.title')}
          {all.length > 0 && <span class="count">{all.length}</span>}
        </h2>
        {all.length > 0 && (
          <Button
            kind="quiet"
            class="button-small"
            aria-label={text('missed.clearAll')}
            onClick={missed.clear}
          >
            {text('missed.clear')}
          </Button>
        )}
      </div>
      {/* Another newest call is another list: nothing slides under anybody's finger. */}
      <div
        class="missed-scroll"
        key={all[0]?.callId}
        tabIndex={0}
        role="region"
        aria-label={text('missed.title')}
      >
        {all.length > 0 ? (
          <PeopleList label={text('missed.title')}>
            {all.map(({ callId, caller, at }) => (
              <Person key={callId} name={caller.name} note={momentOf(new Date(at))}>
                {isFree && (
                  <Button
                    class="button-small"
                    aria-label={text('missed.callBackName', { name: caller.name })}
                    onClick={() => {
                      missed.remove(callId);
                      phone.ring(caller);
                    }}
                  >
                    {text('missed.callBack')}
                  </Button>
                )}
              </Person>
            ))}
          </PeopleList>
        ) : (
          <p class="soft">{text('missed.none')}</p>
        )}
      </div>
    </section>
  );
}
