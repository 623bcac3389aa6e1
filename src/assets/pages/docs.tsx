/** `/docs.html`: the API, readable. */
import { Reference } from '../docs/reference';
import { Frame } from '../view/frame';
import { mount } from '../view/mount';

mount(function Docs() {
  return (
    <Frame>
      <Reference />
    </Frame>
  );
});
