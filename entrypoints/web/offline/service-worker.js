/**
 * Keeps the program of the page, so that it opens without a network; never an answer of the API.
 *
 * What people see offline is what the page itself keeps of the coming week, and marks as such. In here lie the empty
 * document and the files of one release, which are the same for everybody.
 */
const SHELL = 'calendra-RELEASE';
// Addresses that carry tokens, or are there for people without a sign-in; the same as in entrypoints/http/web_page.py.
const OUTSIDE = ['sign-in', 'help', 'join', 'start', 'reset', 'oauth', 'connect', 'connect-provider'];
const PROGRAMS = ['api', 'schema', 'health', 'webhooks'];
const PATIENCE = 8_000; // milliseconds until a server that does not answer is taken for none

self.addEventListener('install', (event) => {
  event.waitUntil(keepDocument().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlderReleases().then(() => self.clients.claim()));
});

/** The page names the files that it has loaded; they are in the browser's cache, so this costs nothing. */
self.addEventListener('message', (event) => {
  const files = event.data?.files ?? [];
  event.waitUntil(keepFiles(files.map((one) => new URL(one, self.location.origin)).filter(isFile)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    const first = address.pathname.split('/')[1];
    if (![...OUTSIDE, ...PROGRAMS].includes(first)) event.respondWith(documentFor(request));
  } else if (isFile(address)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});

function isFile({ origin, pathname }) {
  return origin === self.location.origin && pathname.startsWith('/assets/');
}

async function documentFor(request) {
  const late = new Promise((_, refuse) => {
    setTimeout(refuse, PATIENCE);
  });
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status < 502 || answer.status > 504) return answer;
  } catch {
    // Nothing came: below.
  }
  return (await caches.match('/', { cacheName: SHELL })) ?? fetch(request);
}

async function keepDocument() {
  const cache = await caches.open(SHELL);
  await cache.add(new Request('/', { cache: 'reload' }));
}

async function keepFiles(addresses) {
  const cache = await caches.open(SHELL);
  for (const address of addresses) if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
}

async function dropOlderReleases() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('calendra-') && name !== SHELL).map((name) => caches.delete(name)),
  );
}
