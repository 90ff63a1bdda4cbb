// The connection: a thin bar while it is gone, tries without end, and says when it is back. Where the portal itself was restarted the
// page is loaded anew, and what had been typed is put back into its fields.
(() => {
  const bar = document.getElementById('components-reconnect-modal');
  if (!bar) return;
  const Kept = 'nexus.kept', Most = 100_000;
  const typed = new Set();
  let lost = null, leaving = false;

  const named = field => field.getAttribute('aria-label') || field.name || field.closest('label')?.textContent.trim().slice(0, 80)
    || (field.labels?.[0]?.textContent.trim().slice(0, 80)) || field.placeholder || '';
  const alike = field => [...document.querySelectorAll(field.tagName)].filter(other => !other.closest('.monaco-editor') && named(other) === named(field));
  const keep = field => field.matches('input, textarea, select') && !field.matches('[type=password], [type=file], [type=hidden], [data-filter]') && !field.closest('.monaco-editor, .palette');

  document.addEventListener('input', event => {
    if (event.isTrusted && keep(event.target)) typed.add(event.target);
    if (event.isTrusted && event.target.closest?.('.monaco-editor')) typed.add(event.target.closest('.monaco-editor'));
  }, true);

  function save() {
    const fields = [], editors = [];
    for (const field of typed) {
      if (!field.isConnected) continue;
      if (field.matches('.monaco-editor')) continue;
      const box = field.type === 'checkbox' || field.type === 'radio';
      fields.push({ tag: field.tagName, name: named(field), at: alike(field).indexOf(field), value: field.value.slice(0, Most), checked: box ? field.checked : undefined });
    }
    if ([...typed].some(item => item.isConnected && item.matches('.monaco-editor'))) {
      for (const editor of window.monaco?.editor.getEditors?.() ?? []) editors.push(editor.getValue().slice(0, Most));
    }
    try { sessionStorage.setItem(Kept, JSON.stringify({ path: location.pathname, at: Date.now(), fields, editors })); } catch { /* private mode keeps nothing */ }
  }

  function put(kept) {
    for (const field of [...kept.fields]) {
      const element = [...document.querySelectorAll(field.tag)].filter(other => keep(other) && named(other) === field.name)[field.at];
      if (!element) continue;
      kept.fields.splice(kept.fields.indexOf(field), 1);
      if (field.checked !== undefined) { if (element.checked !== field.checked) element.click(); continue; }
      element.value = field.value;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
      typed.add(element);
    }
    const editors = window.monaco?.editor.getEditors?.() ?? [];
    if (kept.editors.length > 0 && editors.length >= kept.editors.length && editors.every(editor => editor.getModel())) {
      kept.editors.splice(0).forEach((text, i) => { if (editors[i].getValue() !== text) editors[i].executeEdits('kept', [{ range: editors[i].getModel().getFullModelRange(), text }]); });
    }
    return kept.fields.length + kept.editors.length === 0;
  }

  function restore() {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem(Kept) ?? 'null'); sessionStorage.removeItem(Kept); } catch { return; }
    if (!kept || Date.now() - kept.at > 600_000) return;
    const had = kept.fields.length + kept.editors.length > 0;
    say(had ? 'Connected again. What you had typed is put back.' : 'Connected again.');
    if (!had) return;
    // Fields come as the page is built; those of a dialog when it is opened again.
    let due = 0;
    const watch = new MutationObserver(() => { clearTimeout(due); due = setTimeout(attempt, 60); });
    const attempt = () => { if (location.pathname !== kept.path || put(kept)) watch.disconnect(); };
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 600_000);
  }

  function say(text) {
    const note = document.createElement('div');
    note.className = 'connected';
    note.setAttribute('role', 'status');
    document.body.append(note);
    requestAnimationFrame(() => { note.textContent = text; });
    setTimeout(() => note.remove(), 4000);
  }

  function anew() {
    if (leaving) return;
    leaving = true;
    save();
    location.reload();
  }

  const alive = async () => { try { return (await fetch('/health/live', { cache: 'no-store' })).ok; } catch { return false; } };

  // Blazor's own tries become rare and end; ours do not.
  async function follow(since) {
    while (lost === since) {
      await new Promise(done => setTimeout(done, 2000));
      if (lost !== since || Date.now() - since < 4000 || !(await alive()) || lost !== since) continue;
      try { if (await window.Blazor.reconnect() === false) anew(); } catch { /* not yet */ }
    }
  }

  bar.addEventListener('components-reconnect-state-changed', event => {
    const state = event.detail?.state;
    if (state === 'hide') {
      if (lost !== null) say('Connected again.');
      lost = null;
    } else if (state === 'rejected' || state === 'resume-failed') anew();
    else if (lost === null) { lost = Date.now(); follow(lost); }
  });

  document.addEventListener('click', event => { if (event.target.closest('[data-do=reload]')) save(); }, true);
  restore();
})();
