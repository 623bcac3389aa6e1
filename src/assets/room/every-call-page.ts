/** What every page has that leads into a call, for the reason that view/every-page.ts gives. */
import '../devices/own-media';
import '../devices/preview';
import '../keep/kept-choice';
import '../live/chime';
import '../live/wake';
import '../lobby/lobby';
import '../media/load';
import '../parts/list';
import '../parts/tile';
import '../parts/toast';
import '../texts/trouble';
import '../view/every-page';
import './chat/kept-log';
import './enter';
import './name-of';
import './stage-later';
