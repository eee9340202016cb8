/**
 * Sign-in with the authorization code flow and PKCE against the hosted sign-in page.
 *
 * Tokens live in this module's memory and nowhere else: a reload goes through the sign-in page again, which lets a
 * person with a running sign-in session straight back. Only the state, the nonce and the verifier of a sign-in under
 * way, and the page to return to, are in sessionStorage.
 */
import * as oauth from 'oauth4webapi';

export interface Configuration {
  issuer: string;
  sign_in: string;
  client_id: string;
  redirect_uri: string;
  logout_uri: string;
  /** How long somebody stays signed in, in minutes. */
  session_minutes: number;
}

const UNDER_WAY = 'redress.sign-in';
const SIGNED_OUT = 'redress.signed-out';
export const DRAFTS = 'redress.draft.';
const WRITER = 'redress.writer';

const HOME = '/staff/';
// Renewed this long before the end, so that no request travels with a token that dies on the way.
const MARGIN_MS = 60_000;

let configuration: Configuration;
let server: oauth.AuthorizationServer;
let client: oauth.Client;
let insecure: { [oauth.allowInsecureRequests]?: boolean };

let accessToken = '';
let refreshToken = '';
let endsAt = 0;
/** When the session ends, on this page's steady clock: nothing renews it then. */
let overAt = Infinity;
let renewal: Promise<string> | null = null;

/** The session is over and only the person can begin a new one. */
export class SessionEnded extends Error {}

/** Reads /staff/config.json. Throws when it is missing or incomplete: nothing works without it. */
export async function configure(): Promise<void> {
  const answer = await fetch(`${HOME}config.json`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  configuration = (await answer.json()) as Configuration;
  for (const key of ['issuer', 'sign_in', 'client_id', 'redirect_uri', 'logout_uri'] as const) {
    if (typeof configuration[key] !== 'string' || !configuration[key]) throw new Error(`config.json: ${key}`);
  }
  if (!(configuration.session_minutes > 0)) throw new Error('config.json: session_minutes');
  const host = configuration.sign_in.replace(/\/$/, '');
  // Plain http is the stand-in for AWS on a laptop; it answers revocation with an error, so it is not asked.
  const plain = host.startsWith('http:');
  insecure = plain ? { [oauth.allowInsecureRequests]: true } : {};
  server = {
    issuer: configuration.issuer,
    authorization_endpoint: `${host}/oauth2/authorize`,
    token_endpoint: `${host}/oauth2/token`,
    ...(plain ? {} : { revocation_endpoint: `${host}/oauth2/revoke` }),
  };
  // A computer whose clock is wrong must still be able to sign in: the server's clock judges the token.
  const date = Date.parse(answer.headers.get('date') ?? '');
  const skew = Number.isNaN(date) ? 0 : Math.round((date - Date.now()) / 1000);
  client = { client_id: configuration.client_id, [oauth.clockSkew]: skew, [oauth.clockTolerance]: 30 };
}

function keep(tokens: oauth.TokenEndpointResponse): string {
  accessToken = tokens.access_token;
  refreshToken = tokens.refresh_token ?? refreshToken;
  endsAt = performance.now() + (tokens.expires_in ?? 300) * 1000;
  return accessToken;
}

/** Leaves for the sign-in page; comes back to the present address. */
export async function signIn(): Promise<void> {
  sessionStorage.removeItem(SIGNED_OUT);
  const verifier = oauth.generateRandomCodeVerifier();
  const underWay = { verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), back: here() };
  sessionStorage.setItem(UNDER_WAY, JSON.stringify(underWay));
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: configuration.client_id,
    redirect_uri: configuration.redirect_uri,
    response_type: 'code',
    scope: 'openid profile',
    state: underWay.state,
    nonce: underWay.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(address);
}

/** The present address, unless it is itself the way back from the sign-in page. */
function here(): string {
  const query = new URLSearchParams(location.search);
  return query.has('code') || query.has('error') ? HOME : location.pathname + location.search;
}

/** Only an address of the desk is returned to, so that a crafted value cannot lead elsewhere. */
const ofTheDesk = (address: unknown): string =>
  typeof address === 'string' && address.startsWith(HOME) && !address.includes('\\') ? address : HOME;

/**
 * Takes up the session at start: 'in' after a completed sign-in, 'out' after signing out, 'leaving' when the browser is
 * on its way to the sign-in page. Throws when the sign-in page sent an error or an answer that does not fit.
 */
export async function begin(): Promise<'in' | 'out' | 'leaving'> {
  const query = new URLSearchParams(location.search);
  const stored = sessionStorage.getItem(UNDER_WAY);
  if ((query.has('code') || query.has('error')) && stored) {
    sessionStorage.removeItem(UNDER_WAY);
    const underWay = JSON.parse(stored) as { verifier: string; state: string; nonce: string; back: string };
    const answer = new URL(location.href);
    // The code leaves the address bar, and with it the history, before anything else happens.
    history.replaceState(null, '', ofTheDesk(underWay.back));
    const parameters = oauth.validateAuthResponse(server, client, answer, underWay.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      configuration.redirect_uri,
      underWay.verifier,
      insecure,
    );
    keep(
      await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: underWay.nonce,
        requireIdToken: true,
      }),
    );
    overAt = performance.now() + configuration.session_minutes * 60_000;
    return 'in';
  }
  if (sessionStorage.getItem(SIGNED_OUT)) return 'out';
  await signIn();
  return 'leaving';
}

async function renew(): Promise<string> {
  if (!refreshToken) throw new SessionEnded();
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, insecure);
  try {
    return keep(await oauth.processRefreshTokenResponse(server, client, response));
  } catch {
    refreshToken = '';
    throw new SessionEnded();
  }
}

/** The access token, renewed silently when it is about to end or when `refused` says the API would not have it. */
export async function token(refused = false): Promise<string> {
  if (!refused && performance.now() < endsAt - MARGIN_MS) return accessToken;
  renewal ??= renew().finally(() => {
    renewal = null;
  });
  return renewal;
}

/** How long the session still lasts, in milliseconds. */
export const sessionLeft = (): number => overAt - performance.now();

function wipeDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(DRAFTS)) sessionStorage.removeItem(key);
  }
}

/** The drafts of this tab belong to one person: somebody else who signs in here finds none. */
export function draftsOf(person: string): void {
  if (sessionStorage.getItem(WRITER) !== person) wipeDrafts();
  sessionStorage.setItem(WRITER, person);
}

/** Ends the session here and at the sign-in page, and wipes the drafts of this tab. */
export async function signOut(): Promise<void> {
  wipeDrafts();
  sessionStorage.setItem(SIGNED_OUT, 'yes');
  const ended = refreshToken;
  accessToken = '';
  refreshToken = '';
  endsAt = 0;
  if (server.revocation_endpoint && ended) {
    // Signing out goes on when the sign-in host cannot be reached.
    await oauth.revocationRequest(server, client, oauth.None(), ended, { signal: AbortSignal.timeout(3000) }).catch(() => null);
  }
  const address = new URL(`${configuration.sign_in.replace(/\/$/, '')}/logout`);
  address.search = new URLSearchParams({
    client_id: configuration.client_id,
    logout_uri: configuration.logout_uri,
  }).toString();
  location.replace(address);
}
