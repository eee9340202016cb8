import '../public/tokens.css';
import './desk.css';
import { render } from 'preact';
import { App, Gate } from './app';
import { api, Problem } from './api';
import { hear } from './desk';
import { readLanguage, wordsOf } from './language';
import { begin, configure } from './session';

const place = document.getElementById('desk');
if (!place) throw new Error('no place for the desk');

const words = wordsOf(readLanguage());
document.documentElement.lang = readLanguage();

/** Configuration, then the session, then the desk. Each failure has its own page, never a blank one. */
async function start(place: HTMLElement): Promise<void> {
  render(<Gate says={{ busy: words.start.loading }} />, place);
  try {
    await configure();
  } catch {
    render(<Gate says={{ title: words.start.failedTitle, text: words.start.failed, act: 'again' }} />, place);
    return;
  }
  let session: Awaited<ReturnType<typeof begin>>;
  try {
    session = await begin();
  } catch {
    render(<Gate says={{ title: words.start.signInFailedTitle, text: words.start.signInFailed, act: 'sign-in' }} />, place);
    return;
  }
  if (session === 'leaving') {
    render(<Gate says={{ busy: words.start.leaving }} />, place);
    return;
  }
  if (session === 'out') {
    render(<Gate says={{ title: words.start.outTitle, text: words.start.out, act: 'sign-in' }} />, place);
    return;
  }
  try {
    const me = await api.me();
    hear(me.now);
    render(<App me={me} />, place);
  } catch (error) {
    // Somebody who can sign in may still not be on the list of staff.
    const stranger = error instanceof Problem && error.status === 403;
    const says = stranger
      ? ({ title: words.session.noRole, text: words.session.noRoleMore, act: 'sign-in' } as const)
      : ({ title: words.problems.title, text: words.problems.noAnswer, act: 'again' } as const);
    render(<Gate says={says} />, place);
  }
}

void start(place);
