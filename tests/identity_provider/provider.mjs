// A certified OpenID provider for tests. `node provider.mjs <JSON>`: { port, clients, people }, where `people` are the
// claims by subject. Prints a line when it listens, and ends when its standard input does.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';

const { port, clients, people } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [key] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 3600 },
  renderError: (ctx, out) => {
    ctx.type = 'json';
    ctx.body = out;
  },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  // The people of these tests consent to everything.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email');
    grant.addOIDCClaims(['email', 'email_verified', 'auth_time']);
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!doctype html><html lang="en"><title>Sign in</title><h1>Test identity provider</h1>
<form method="post" action="/interaction/${uid}"><label>Person <input name="sub"></label>
<button>Sign in</button><button name="deny" value="1">Deny</button></form></html>`;

const form = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return new URLSearchParams(text);
};

provider.use(async (ctx, next) => {
  const [, place, uid] = ctx.path.split('/');
  if (place !== 'interaction') return next();
  await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = page(uid);
    return undefined;
  }
  const fields = await form(ctx.req);
  const result = fields.get('deny')
    ? { error: 'access_denied', error_description: 'denied by the person' }
    : { login: { accountId: fields.get('sub') } };
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(port, '127.0.0.1', () => console.log(`listening at ${issuer}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
