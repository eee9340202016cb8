import '../public/tokens.css';
import './desk.css';
import { render } from 'preact';
import { App, Gate } from './app';
import { api, Problem } from './api';
import { hear } from './desk';
import { learn, readLanguage } from './language';
import { begin, configure, draftsOf } from './session';
import type { Words } from './words/en';

const place = document.getElementById('desk');
if (!place) throw new Error('no place for the desk');

document.documentElement.lang = readLanguage();

/** Words and configuration, then the session, then the desk. Each failure has its own page, never a blank one. */
async function start(place: HTMLElement): Promise<void> {
  const configured = configure().then(
    () => true,
    () => false,
  );
  let words: Words;
  try {
    words = await learn(readLanguage());
  } catch {
    render(<Wordless />, place);
    return;
  }
  const gate = (says: Parameters<typeof Gate>[0]['says']) => render(<Gate says={says} words={words} />, place);
  gate({ busy: words.start.loading });
  if (!(await configured)) {
    gate({ title: words.start.failedTitle, text: words.start.failed, act: 'again' });
    return;
  }
  let session: Awaited<ReturnType<typeof begin>>;
  try {
    session = await begin();
  } catch {
    gate({ title: words.start.signInFailedTitle, text: words.start.signInFailed, act: 'sign-in' });
    return;
  }
  if (session === 'leaving') {
    gate({ busy: words.start.leaving });
    return;
  }
  if (session === 'out') {
    gate({ title: words.start.outTitle, text: words.start.out, act: 'sign-in' });
    return;
  }
  try {
    const me = await api.me();
    hear(me.now);
    draftsOf(me.id);
    const spoken = await learn(readLanguage(me.language));
    render(<App me={me} spoken={spoken} />, place);
  } catch (error) {
    // Somebody who can sign in may still not be on the list of staff.
    const stranger = error instanceof Problem && error.status === 403;
    gate(
      stranger
        ? { title: words.session.noRole, text: words.session.noRoleMore, act: 'sign-in' }
        : { title: words.problems.title, text: words.problems.noAnswer, act: 'again' },
    );
  }
}

/** The one page without a dictionary, because the dictionary did not come. */
function Wordless() {
  return (
    <main class="gate">
      <h1 lang="tr">Sayfa açılamadı</h1>
      <p lang="tr">Bağlantınızı denetleyip sayfayı yeniden yükleyin.</p>
      <p lang="en">The page could not be opened. Check your connection and reload it.</p>
      <p class="buttons">
        <button type="button" class="filled" onClick={() => location.reload()}>
          <span lang="tr">Yeniden yükle</span> / <span lang="en">Reload</span>
        </button>
      </p>
    </main>
  );
}

void start(place);
