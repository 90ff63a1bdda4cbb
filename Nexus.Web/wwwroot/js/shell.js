// What the frame does without asking the server: theme, rail, copying, where one has been.
(() => {
  const root = document.documentElement;
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode keeps nothing */ } };

  const actions = {
    theme() {
      root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
      keep('nexus.theme', root.dataset.theme);
      dispatchEvent(new Event('nexus-theme'));
    },
    rail() {
      if (root.dataset.rail === 'icons') delete root.dataset.rail; else root.dataset.rail = 'icons';
      keep('nexus.rail', root.dataset.rail ?? 'wide');
      dispatchEvent(new Event('resize'));
    },
    drawer() { root.toggleAttribute('data-drawer'); },
    reload() { location.reload(); },
    tour() { if (dispatchEvent(new Event('nexus-tour', { cancelable: true }))) root.dataset.tour = 'asked'; }, // nobody listens yet
  };

  async function copy(button) {
    const text = button.dataset.copy;
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement('textarea');
      area.value = text; area.className = 'visually-hidden'; document.body.append(area);
      area.select(); document.execCommand('copy'); area.remove();
    }
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  }

  document.addEventListener('click', event => {
    const target = event.target;
    const copied = target.closest('[data-copy]');
    if (copied) { event.preventDefault(); event.stopPropagation(); copy(copied); return; }
    const acting = target.closest('[data-do]');
    if (acting) { actions[acting.dataset.do]?.(); return; }
    if (target.closest('.rail a')) root.removeAttribute('data-drawer');
    for (const open of document.querySelectorAll('details:is(.me, .pick)[open]')) {
      if (!open.contains(target) || target.closest('a')) open.open = false;
    }
  });

  // The tab where one is, where the tabs are wider than the window.
  const reveal = () => {
    const [tabs, here] = [document.querySelector('main .tabs'), document.querySelector('main .tabs a.on')];
    if (tabs && here && tabs.scrollWidth > tabs.clientWidth) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
  };

  addEventListener('resize', reveal);

  // Places that were opened, the newest first, for the palette. A page has its name once it is built; a room is called as the rail
  // calls it, whatever its page says of itself.
  const remember = () => {
    reveal();
    const room = [...document.querySelectorAll('.rail a.room')].find(link => link.pathname === location.pathname);
    const title = room?.title || document.title.replace(/ · Nexus$/, '');
    if (!title || title === 'Nexus' || /^\/(sign-in|set-up|not-here)/.test(location.pathname)) return;
    try {
      const me = document.querySelector('.me .menu b')?.textContent;
      if (!me) return;
      const kept = JSON.parse(localStorage.getItem(`nexus.recent.${me}`) ?? '[]').filter(place => place.href !== location.pathname);
      localStorage.setItem(`nexus.recent.${me}`, JSON.stringify([{ title, href: location.pathname }, ...kept].slice(0, 20)));
    } catch { /* private mode keeps nothing */ }
  };
  // The frame that came with the document goes when the page itself stands.
  new MutationObserver((_, watch) => {
    if (!document.querySelector('body > main')) return;
    for (const stood of document.querySelectorAll('.first')) stood.remove();
    watch.disconnect();
  }).observe(document.body, { childList: true });
  new MutationObserver(remember).observe(document.head, { childList: true, subtree: true, characterData: true });
})();
