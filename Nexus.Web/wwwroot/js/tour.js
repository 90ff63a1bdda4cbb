// Points at what the tour speaks of, and remembers for each person where they are in it.
const key = me => `nexus.tour.${me}`;
const pause = 100, patience = 60; // milliseconds; looks
let begin, looking;

export function listen(panel, me) {
  forget();
  begin = event => { event?.preventDefault(); panel.invokeMethodAsync('StartAsync'); };
  addEventListener('nexus-tour', begin);
  const root = document.documentElement;
  if (root.dataset.tour) { delete root.dataset.tour; begin(); return -1; }
  try { return Number.parseInt(localStorage.getItem(key(me)) ?? '-1', 10); } catch { return -1; }
}

export function keep(me, at) {
  try { localStorage.setItem(key(me), String(at)); } catch { /* private mode keeps nothing */ }
}

export function point(href, selectors) {
  clear();
  focus(true);
  if (selectors.length === 0) return;
  const path = new URL(href, document.baseURI).pathname;
  let looks = 0, here;
  // Looked at again for a while: the page before this one may still stand, and a new one takes the focus to its title.
  looking = setInterval(() => {
    if (++looks > patience) { clearInterval(looking); return; }
    if (location.pathname !== path) return;
    if (here?.isConnected) { focus(); return; }
    const all = selectors.map(s => document.querySelector(s));
    // While a page loads, only the last, general one is there: wait a little for what is meant.
    const found = all[0] ?? (looks > 20 ? all.find(e => e) : null);
    if (!found || found.querySelector('.skeleton')) return;
    unring();
    here = found;
    here.classList.add('tour-here');
    here.scrollIntoView({ block: here.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
  }, pause);
}

// Who walks the tour by keys goes on in it; who has moved into the page is left alone.
function focus(anyhow) {
  const title = document.getElementById('tour-title');
  const now = document.activeElement;
  if (title?.closest('.tour').contains(now)) return;
  if (title && (anyhow || now === document.body || now?.tagName === 'H1')) title.focus({ preventScroll: true });
}

export function forget() {
  if (begin) removeEventListener('nexus-tour', begin);
  begin = undefined;
  clear();
}

function clear() {
  clearInterval(looking);
  unring();
}

function unring() {
  for (const element of document.querySelectorAll('.tour-here')) element.classList.remove('tour-here');
}
