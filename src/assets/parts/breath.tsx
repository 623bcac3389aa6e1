/** Something alive, for those who wait, that does not hurry anybody. */
export const Breath = () => (
  <div class="breath" aria-hidden="true">
    <span />
    <span />
  </div>
);
