// A real OIDC provider for the tests of sign-in, on loopback. `node provider.mjs ACCOUNTS [PORT [HOST]]`.
// ACCOUNTS: JSON, {subject: claims}; whoever types a subject as the login is that account, with any
// password. `fault` among the claims makes the provider break its own ID tokens in that way.
// Prints its issuer when it answers, and stops when its standard input ends.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import * as jose from 'jose';

const accounts = JSON.parse(process.argv[2] ?? '{}');
const SECRET = 'shared with viva, and with nobody else';
const CALLBACK = '/api/v1/auth/oidc/callback';
const HOSTS = new Set(['viva.test', '127.0.0.1', 'localhost']);

const KID = randomUUID();
const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
const stranger = (await jose.generateKeyPair('RS256')).privateKey;

async function signed(claims, key = privateKey) {
  return new jose.SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(key);
}

const faults = {
  audience: (claims) => signed({ ...claims, aud: 'somebody-else' }),
  party: (claims) => signed({ ...claims, aud: 'somebody-else', azp: 'viva' }),
  issuer: (claims) => signed({ ...claims, iss: 'https://elsewhere.test' }),
  nonce: ({ nonce, ...claims }) => signed(claims),
  expired: (claims) => signed({ ...claims, iat: claims.iat - 7200, exp: claims.iat - 3600 }),
  signature: (claims) => signed(claims, stranger),
  unsigned: (claims) => new jose.UnsecuredJWT(claims).encode(),
  symmetric: (claims) =>
    new jose.SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: KID })
      .sign(new TextEncoder().encode(SECRET)),
  absent: () => undefined,
  nonsense: () => 'not.a.token',
};

const server = createServer();
await new Promise((done) => server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', done));
const issuer = `http://${process.argv[4] ?? '127.0.0.1'}:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'viva', client_secret: SECRET, redirect_uris: [`${issuer}${CALLBACK}`] }],
  jwks: { keys: [{ ...(await jose.exportJWK(privateKey)), alg: 'RS256', kid: KID, use: 'sig' }] },
  cookies: { keys: ['of the tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, ...accounts[accountId] }),
  }),
});

// The ports of the servers under test are not known beforehand.
provider.Client.prototype.redirectUriAllowed = (uri) => {
  const url = new URL(uri);
  return HOSTS.has(url.hostname) && url.pathname === CALLBACK && url.search === '';
};

provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route !== 'token' || !ctx.body?.id_token) return;
  const claims = jose.decodeJwt(ctx.body.id_token);
  const fault = faults[accounts[claims.sub]?.fault];
  if (fault) ctx.body = { ...ctx.body, id_token: await fault(claims) };
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(`issuer: ${issuer}`);
