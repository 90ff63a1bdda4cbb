// What the frame does without asking the server: theme, rail, copying, keys.
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

  const typing = element => element?.closest('input, textarea, select, [contenteditable], .monaco-editor');
  let going = 0;

  function walk(step) {
    const links = [...document.querySelectorAll('main a.row-link')];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))].focus();
  }

  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      document.querySelector('button.search')?.click();
      return;
    }
    if (event.key === 'Escape') {
      root.removeAttribute('data-drawer');
      for (const open of document.querySelectorAll('details:is(.me, .pick)[open]')) open.open = false;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('.mud-dialog')) return;
    if (going > 0 && event.timeStamp - going < 1200) {
      going = 0;
      document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`)?.click();
    } else if (event.key === 'g') going = event.timeStamp;
    else if (event.key === 'j') walk(1);
    else if (event.key === 'k') walk(-1);
    else if (event.key === '/') {
      const filter = document.querySelector('main [data-filter]');
      if (filter) { event.preventDefault(); filter.focus(); }
    }
  });
})();
