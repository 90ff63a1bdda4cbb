// The keyboard: Ctrl K, g and a letter, j and k, /, Esc, the keys that a page puts on its buttons (data-hotkey), and ? for all of them.
(() => {
  const root = document.documentElement;
  const typing = element => element?.closest?.('input, textarea, select, [contenteditable], .monaco-editor');
  const visible = element => element.getClientRects().length > 0 && !element.disabled;
  const covered = () => document.querySelector('.mud-dialog, dialog[open]');
  let going = -Infinity, opening = -Infinity, early = '', waits = null;

  function walk(step) {
    const links = [...document.querySelectorAll('main a.row-link')].filter(visible);
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  // Back to where the page hangs, unless something was typed that would be lost.
  function back() {
    const focused = document.activeElement;
    if (focused && focused !== document.body && focused.closest('main') && focused.matches('a.row-link, .row-link *')) { focused.blur(); return; }
    if (document.querySelector('.mud-popover-open')) return;
    if (document.querySelector('main .monaco-editor') || [...document.querySelectorAll('main textarea, main input:not([type=search]):not([type=checkbox]):not([type=radio])')].some(field => field.value !== field.defaultValue)) return;
    [...document.querySelectorAll('.crumbs a')].at(-1)?.click();
  }

  const says = element => (element.getAttribute('aria-label') || element.dataset.says || element.textContent || element.title).replace(/\s+/g, ' ').trim();

  function sections() {
    const page = [...document.querySelectorAll('main [data-hotkey]')].filter(visible).map(element => [element.dataset.hotkey, says(element)]);
    for (const area of document.querySelectorAll('main [data-keys]')) {
      if (visible(area)) page.push(...area.dataset.keys.split('\n').map(line => line.split('|')));
    }
    if (document.querySelector('main [data-filter]')) page.push(['/', 'To the filter']);
    if (document.querySelector('main a.row-link')) page.push(['j k', 'Down and up the list'], ['Enter', 'Opens the row']);
    const go = [...document.querySelectorAll('.rail a[data-key]')].map(link => [`g ${link.dataset.key}`, says(link.querySelector('span') ?? link)]);
    return [['This page', page], ['Go to', go], ['Everywhere', [['Ctrl K', 'Go to anything, do anything'], ['Esc', 'Back, or out of a field'], ['?', 'These keys']]]];
  }

  function map() {
    document.getElementById('keys')?.remove();
    const make = (tag, text, ...children) => { const element = document.createElement(tag); if (text) element.textContent = text; element.append(...children); return element; };
    const dialog = make('dialog', '', make('h2', 'Keys'));
    dialog.id = 'keys';
    dialog.setAttribute('aria-label', 'Keys');
    const columns = dialog.appendChild(make('div'));
    for (const [title, keys] of sections()) {
      if (keys.length === 0) continue;
      const list = make('dl');
      for (const [key, text] of keys) list.append(make('dt', '', ...key.split(' ').map(part => make('kbd', part))), make('dd', text));
      columns.append(make('section', '', make('h3', title), list));
    }
    const button = (text, does) => { const made = make('button', text); made.type = 'button'; if (does) made.dataset.do = does; made.addEventListener('click', () => dialog.close()); return made; };
    dialog.append(button('Close'), button('Take the tour', 'tour'));
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  // The way to the palette comes with the page's connection: who is faster than that waits for it. The page to sign in at has none.
  function seek() {
    const button = document.querySelector('button.search:enabled');
    if (button) { button.click(); return; }
    if (waits || document.querySelector('main')) return;
    waits = new MutationObserver(() => {
      if (!document.querySelector('main')) return;
      stop();
      opening = performance.now();
      document.querySelector('button.search:enabled')?.click();
    });
    waits.observe(document.body, { childList: true, subtree: true });
  }

  function stop() { waits?.disconnect(); waits = null; }

  // A button says its key when it is pointed at.
  document.addEventListener('pointerover', event => {
    const element = event.target.closest?.('[data-hotkey]');
    if (!element || element.dataset.told) return;
    element.dataset.told = 'yes';
    element.title = `${element.title || says(element)} (${element.dataset.hotkey})`;
  });

  document.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (covered()) return;
      [early, opening] = ['', event.timeStamp];
      seek();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (waits && event.key === 'Escape') { stop(); [early, opening] = ['', -Infinity]; return; }
    if ((waits || event.timeStamp - opening < 3000) && (event.key.length === 1 || event.key === 'Enter') && !event.target.closest?.('.palette')) {
      event.preventDefault();
      if (!early.endsWith('\n')) early += event.key === 'Enter' ? '\n' : event.key;
      return;
    }
    if (covered()) return;
    if (event.key === 'Escape') {
      const open = document.querySelector('details:is(.me, .pick)[open]');
      if (open || root.hasAttribute('data-drawer')) { root.removeAttribute('data-drawer'); if (open) open.open = false; return; }
      if (typing(event.target)) { if (!event.target.closest('.monaco-editor')) event.target.blur(); return; }
      back();
      return;
    }
    if (typing(event.target)) return;
    const went = event.timeStamp - going < 1200;
    going = -Infinity;
    if (went) {
      const room = document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`);
      if (room) { event.preventDefault(); room.click(); return; }
    }
    if (event.key === 'g') going = event.timeStamp;
    else if (event.key === 'j') walk(1);
    else if (event.key === 'k') walk(-1);
    else if (event.key === '?') { event.preventDefault(); map(); }
    else if (event.key === '/') {
      const filter = [...document.querySelectorAll('main [data-filter]')].find(visible);
      if (filter) { event.preventDefault(); filter.focus(); filter.select?.(); }
    } else if (event.key.length === 1 && event.key !== ' ') {
      const element = [...document.querySelectorAll(`main [data-hotkey="${CSS.escape(event.key)}"]`)].find(visible);
      if (element) { event.preventDefault(); element.click(); }
    }
  });

  // What was typed between Ctrl K and the palette.
  window.nexusKeys = { map, taken() { opening = -Infinity; return early; } };
})();
