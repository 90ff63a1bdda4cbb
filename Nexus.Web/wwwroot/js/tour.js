// Points at what the tour speaks of, and remembers for each person where they are in it.
const key = me => `nexus.tour.${me}`;
const pause = 100, patience = 80; // milliseconds; looks
let begin, looking;

export function listen(panel, me) {
  forget();
  begin = () => panel.invokeMethodAsync('StartAsync');
  addEventListener('nexus-tour', begin);
  try { return Number.parseInt(localStorage.getItem(key(me)) ?? '-1', 10); } catch { return -1; }
}

export function keep(me, at) {
  try { localStorage.setItem(key(me), String(at)); } catch { /* private mode keeps nothing */ }
}

export function point(selectors) {
  clear();
  focus();
  if (selectors.length === 0) return;
  let looks = 0;
  looking = setInterval(() => {
    const all = selectors.map(s => document.querySelector(s));
    // A page that is still loading has the last, general one first: wait a little for what is meant.
    const found = all[0] ?? (looks > 20 ? all.find(e => e) : null);
    if (found && !found.querySelector('.skeleton')) {
      clear();
      found.classList.add('tour-here');
      found.scrollIntoView({ block: found.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
      focus();
    } else if (++looks > patience) clear();
  }, pause);
}

// A page that was just opened takes the focus to its title; who walks the tour by keys wants it here.
function focus() {
  const title = document.getElementById('tour-title');
  if (title && !title.closest('.tour').contains(document.activeElement)) title.focus({ preventScroll: true });
}

export function forget() {
  if (begin) removeEventListener('nexus-tour', begin);
  begin = undefined;
  clear();
}

function clear() {
  clearInterval(looking);
  for (const element of document.querySelectorAll('.tour-here')) element.classList.remove('tour-here');
}
