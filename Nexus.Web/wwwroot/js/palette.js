// What the palette needs of the browser: where one has been, and clicks on what the frame does by itself.
const Most = 12;

function read(me) {
  try { const kept = JSON.parse(localStorage.getItem(`nexus.recent.${me}`) ?? '[]'); return Array.isArray(kept) ? kept : []; } catch { return []; }
}

export function recent(me) {
  const here = location.pathname;
  return read(me).filter(place => typeof place?.href === 'string' && place.href.startsWith('/') && !place.href.startsWith('//') && typeof place.title === 'string' && place.href !== here)
    .slice(0, Most).map(place => ({ title: place.title.slice(0, 120), href: place.href }));
}

export function act(name) {
  if (name === 'keys') { setTimeout(() => window.nexusKeys.map(), 200); return; }
  if (name === 'tour') { dispatchEvent(new Event('nexus-tour')); return; }
  document.querySelector(`[data-do="${CSS.escape(name)}"]`)?.click();
}

// Arrows move through the finds, not through the text; what was typed while it opened is not lost.
export function hold(input) {
  input.focus();
  const typed = window.nexusKeys.taken();
  const text = typed.replace(/\n$/, '');
  if (text) {
    input.value = text + input.value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (text !== typed) input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }
  input.addEventListener('keydown', event => { if (['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter'].includes(event.key)) event.preventDefault(); });
}

export function show(id) { document.getElementById(id)?.scrollIntoView({ block: 'nearest' }); }
