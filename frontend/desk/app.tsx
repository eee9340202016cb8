/** The frame around every screen: the bar with the queues, the work, the status slab. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, Problem } from './api';
import { DeskContext, hear, serverNow, useDesk, type Desk } from './desk';
import { Format } from './format';
import { chooseLanguage, LANGUAGES, learn } from './language';
import { Dialog } from './parts/dialog';
import { Icon } from './parts/icons';
import { later } from './parts/later';
import { Failed } from './parts/page';
import { QueuePage } from './queue/page';
import { go, HOME, queueAddress, read, REGISTER, registerAddress, RULES, searchAddress, SETTINGS, SURVEY, useAddress, VIEWS, WORKLOAD, type Route } from './route';
import { SessionEnded, sessionLeft, signIn, signOut } from './session';
import { type DocumentName, type Language, mayEvaluate, mayOversee, mayRead, mayWrite, type Me, QUEUES, type Queues } from './shapes';
import type { Words } from './words/en';

// Work begins with a queue; the other screens come when they are opened.
const ComplaintPage = later(async () => (await import('./complaint/page')).ComplaintPage);
const SearchPage = later(async () => (await import('./search/page')).SearchPage);
const RegisterPage = later(async () => (await import('./register/page')).RegisterPage, { withWords: true });
const AuthorityPage = later(async () => (await import('./settings/authority')).AuthorityPage, { withWords: true });
const FrameworkPage = later(async () => (await import('./framework/page')).FrameworkPage, { withWords: true });
const RulesPage = later(async () => (await import('./rules/page')).RulesPage, { withWords: true });
const SetupPage = later(async () => (await import('./setup/page')).SetupPage, { withWords: true });
const SettingsPage = later(async () => (await import('./settings/page')).SettingsPage, { withWords: true });
const SurveyPage = later(async () => (await import('./survey/page')).SurveyPage, { withWords: true });
const ViewsPage = later(async () => (await import('./views/page')).ViewsPage, { withWords: true });
const WorkloadPage = later(async () => (await import('./workload/page')).WorkloadPage, { withWords: true });

// What says nothing about a complaint is there for whoever may read none, too.
const SETTLED = ['rules', 'settings', 'setup', 'authority', 'framework'];
const RECOUNT_MS = 60_000;
const STATUS_MS = 12_000;
const WARNED_MS = 5 * 60_000;

interface GateWords {
  busy?: string;
  title?: string;
  text?: string;
  act?: 'again' | 'sign-in';
}

/** The page in front of the desk, while there is no session yet. */
export function Gate({ says, words }: { says: GateWords; words: Words }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = says.title ?? words.product;
  useEffect(() => {
    document.title = `${title} – ${words.product}`;
    if (says.title) heading.current?.focus();
  }, [title, says.title, words]);
  return (
    <main class="gate">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p role={says.busy ? 'status' : undefined}>{says.busy ?? says.text}</p>
      {says.act && (
        <p class="buttons">
          <button type="button" class="filled" onClick={() => (says.act === 'again' ? location.reload() : void signIn())}>
            {says.act === 'again' ? words.start.again : words.start.signIn}
          </button>
        </p>
      )}
    </main>
  );
}

/** `spoken` are the words of the language to begin with. */
export function App({ me, spoken }: { me: Me; spoken: Words }) {
  const [words, setWords] = useState(spoken);
  const language = words.code;
  const [queues, setQueues] = useState<Queues | null>(null);
  const [status, setStatus] = useState('');
  const [ended, setEnded] = useState(false);
  const [toRead, setToRead] = useState(me.to_read);
  const address = useAddress();
  const reads = mayRead(me);
  const route = useMemo<Route>(() => {
    const found = read(address);
    // Whoever may read no complaint begins with the rules.
    return reads || address.pathname !== HOME ? found : { page: 'rules' };
  }, [address, reads]);

  useEffect(() => {
    document.documentElement.lang = language;
    api.language = language;
  }, [language]);
  // Set before the first child asks the API, too: effects of children run first.
  api.language = language;

  const lost = useCallback((error: unknown) => {
    const over = error instanceof SessionEnded;
    if (over) setEnded(true);
    return over;
  }, []);

  const recount = useCallback(() => {
    api.queues().then(
      (found) => {
        hear(found.now);
        setQueues(found);
      },
      // A screen that needs the API says so itself; the counts simply stay away.
      (error: unknown) => void lost(error),
    );
  }, [lost]);

  useEffect(() => {
    if (!reads) return;
    recount();
    // Only while somebody looks, and as soon as they look again.
    const seen = () => {
      if (document.visibilityState === 'visible') recount();
    };
    const timer = setInterval(seen, RECOUNT_MS);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [recount, reads]);

  // What was done belongs to the screen on which it was done, and to the one that follows it.
  // It goes by itself: the change stays on record in the complaint, and the slab must not cover the work.
  const said = useRef(false);
  const say = useCallback((done: string) => {
    said.current = true;
    setStatus(done);
  }, []);
  useEffect(() => {
    const timer = status ? setTimeout(() => setStatus(''), STATUS_MS) : undefined;
    return () => clearTimeout(timer);
  }, [status]);
  useEffect(() => {
    if (!said.current) setStatus('');
    said.current = false;
  }, [address.pathname]);

  const hasRead = useCallback((name: DocumentName) => setToRead((names) => names.filter((one) => one !== name)), []);

  const format = useMemo(() => new Format(language, me.time_zone, words), [language, me.time_zone, words]);
  const desk: Desk = useMemo(
    () => ({ me, words, language, format, queues, recount, toRead, hasRead, say, lost }),
    [me, words, language, format, queues, recount, toRead, hasRead, say, lost],
  );

  const switchLanguage = (other: Language) => {
    learn(other).then(
      (found) => {
        chooseLanguage(other);
        setWords(found);
      },
      () => say(words.problems.noAnswer),
    );
  };

  return (
    <DeskContext.Provider value={desk}>
      <a class="skip" href="#work">
        {words.skip}
      </a>
      <Bar route={route} desk={desk} onLanguage={switchLanguage} />
      <main id="work" tabIndex={-1}>
        {ended && (
          <div class="notice late" role="alert">
            <p>
              <strong>{words.session.ended}</strong> {words.session.endedMore}
            </p>
            <p class="buttons">
              <button type="button" class="filled" onClick={() => void signIn()}>
                {words.session.signIn}
              </button>
            </p>
          </div>
        )}
        {toRead.length > 0 && route.page !== 'framework' && (
          <div class="notice information">
            <p>
              <strong>{words.toRead}</strong>{' '}
              {toRead.map((name, index) => (
                <>
                  {index > 0 && ' · '}
                  <a key={name} href={registerAddress(name)}>
                    {words.titles[name]}
                  </a>
                </>
              ))}
            </p>
          </div>
        )}
        {reads || SETTLED.includes(route.page) ? <Screen route={route} /> : <Failed problem={new Problem(403, {})} onAgain={() => undefined} />}
        <div role="status" class="status">
          {status && (
            <p>
              <Icon name="kept" /> {status}
            </p>
          )}
        </div>
        {!ended && <EndsSoon />}
      </main>
    </DeskContext.Provider>
  );
}

/** Nobody is surprised by the end of the session. Signing in again leads back here, where everything typed still stands. */
function EndsSoon() {
  const { words, format } = useDesk();
  const [soon, setSoon] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSoon(true), sessionLeft() - WARNED_MS);
    return () => clearTimeout(timer);
  }, []);
  const texts = words.session;
  if (!soon) return null;
  return (
    <Dialog title={texts.soon} act={texts.signIn} keep={texts.notNow} onAct={() => void signIn()} onKeep={() => setSoon(false)}>
      <p>{texts.endsAt(format.time(new Date(serverNow().getTime() + sessionLeft()).toISOString()))}</p>
      <p>{texts.soonMore}</p>
    </Dialog>
  );
}

function Screen({ route }: { route: Route }) {
  switch (route.page) {
    case 'queue':
      return <QueuePage queue={route.queue} cursor={route.cursor} open={route.open} narrowed={route.narrowed} />;
    case 'complaint':
      return <ComplaintPage key={route.reference} reference={route.reference} show={route.show} />;
    case 'search':
      return <SearchPage q={route.q} />;
    case 'register':
      return <RegisterPage />;
    case 'workload':
      return <WorkloadPage />;
    case 'rules':
      return <RulesPage />;
    case 'settings':
      return <SettingsPage />;
    case 'setup':
      return <SetupPage step={route.step} />;
    case 'authority':
      return <AuthorityPage />;
    case 'framework':
      return <FrameworkPage key={route.register} name={route.register} />;
    case 'survey':
      return <SurveyPage month={route.month} />;
    case 'views':
      return <ViewsPage month={route.month} />;
    case 'unknown':
      return <Failed problem={new Problem(404, {})} onAgain={() => undefined} />;
  }
}

function Bar({ route, desk, onLanguage }: { route: Route; desk: Desk; onLanguage: (chosen: Language) => void }) {
  const others = (Object.entries(LANGUAGES) as [Language, { name: string }][]).filter(([code]) => code !== desk.words.code);
  const { me, words, queues } = desk;
  const [open, setOpen] = useState(false);
  // Whoever has chosen from the menu wants to see what was chosen.
  useEffect(() => setOpen(false), [route]);
  const here = route.page === 'queue' ? route.queue : null;
  return (
    <header class="side">
      <div class="side-inner">
        <div class="side-head">
          <p class="organisation">
            <strong>{me.organisation}</strong>
            <span>{words.product}</span>
          </p>
          <button type="button" class="menu" aria-expanded={open} aria-controls="bar" onClick={() => setOpen(!open)}>
            {words.menu}
          </button>
          {mayWrite(me) && (
            <a class="button" href={REGISTER} aria-current={route.page === 'register' ? 'page' : undefined}>
              <Icon name="add" /> {words.queues.register}
            </a>
          )}
          {mayRead(me) && <SearchBox q={route.page === 'search' ? route.q : ''} words={words} />}
        </div>
        <div class={open ? 'side-body open' : 'side-body'} id="bar">
          <div>
            {mayRead(me) && (
              <nav aria-labelledby="queues-label">
                <p class="nav-label" id="queues-label">
                  {words.queues.label}
                </p>
                <ul>
                  {QUEUES.map((queue) => (
                    <li key={queue}>
                      <a href={queueAddress(queue)} aria-current={queue === here ? 'page' : undefined}>
                        <span>{words.queues.names[queue]}</span>{' '}
                        {queues && <span class={queue === 'overdue' && queues.counts[queue] > 0 ? 'count late' : 'count'}>{queues.counts[queue]}</span>}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            <nav aria-labelledby="management-label">
              <p class="nav-label" id="management-label">
                {words.management}
              </p>
              <ul>
                {mayRead(me) && (
                  <li>
                    <a href={WORKLOAD} aria-current={route.page === 'workload' ? 'page' : undefined}>
                      {words.titles.workload}
                    </a>
                  </li>
                )}
                <li>
                  <a href={RULES} aria-current={route.page === 'rules' ? 'page' : undefined}>
                    {words.titles.rules}
                  </a>
                </li>
                <li>
                  <a href={SETTINGS} aria-current={['settings', 'setup', 'authority', 'framework'].includes(route.page) ? 'page' : undefined}>
                    {words.titles.settings}
                  </a>
                </li>
                {mayEvaluate(me) && (
                  <li>
                    <a href={SURVEY} aria-current={route.page === 'survey' ? 'page' : undefined}>
                      {words.titles.survey}
                    </a>
                  </li>
                )}
                {mayOversee(me) && (
                  <li>
                    <a href={VIEWS} aria-current={route.page === 'views' ? 'page' : undefined}>
                      {words.titles.views}
                    </a>
                  </li>
                )}
              </ul>
            </nav>
          </div>
          <div class="person">
            <p>
              <strong>{me.name}</strong>
            </p>
            <p>{me.roles.map((role) => words.roles[role]).join(', ')}</p>
            <p>
              <button type="button" class="minor" onClick={() => void signOut()}>
                {words.session.signOut}
              </button>
              {others.map(([code, { name }]) => (
                <>
                  {' · '}
                  <button key={code} type="button" class="minor" lang={code} onClick={() => onLanguage(code)}>
                    {name}
                  </button>
                </>
              ))}
            </p>
          </div>
        </div>
      </div>
    </header>
  );
}

/** Enter submits. The box shows what the page beside it was asked for. */
function SearchBox({ q, words }: { q: string; words: Words }) {
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.trim()) go(searchAddress(typed.trim()));
  };
  return (
    <form role="search" class="search-box" onSubmit={submit}>
      <Icon name="search" />
      <input
        type="search"
        aria-label={words.search.label}
        placeholder={words.search.placeholder}
        maxLength={200}
        enterkeyhint="search"
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </form>
  );
}
