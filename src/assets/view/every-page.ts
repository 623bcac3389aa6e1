/**
 * What every page has, named in one place. All that is loaded later is told that it is there already (scripts/build/
 * browser-bundles.ts), and so it is one file, kept from page to page, instead of a small one for each combination of
 * parts that use it: forty small files are a fifth more to load than a few.
 */
import '../api/call';
import '../api/operator-key';
import '../api/refusal';
import '../keep/kept-words';
import '../parts/breath';
import '../parts/button';
import '../parts/copy-text';
import '../parts/dialog';
import '../parts/field';
import '../parts/icon';
import '../parts/notice';
import '../parts/secret-dialog';
import '../texts/reasons';
import '../texts/said';
import './announce';
import './back-guard';
import './ending';
import './frame';
import './headline';
import './join-with-number';
import './later';
import './trouble-notice';
