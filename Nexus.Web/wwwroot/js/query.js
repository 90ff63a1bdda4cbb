// The SQL box: Ctrl+Enter asks, earlier statements stay in this browser.
const key = 'nexus.queries';
const most = 30;

function read() {
  try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; }
}

export function start(box, page) {
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    page.invokeMethodAsync('Asked', box.value);
  });
  return read();
}

export function remember(sql) {
  const all = [sql, ...read().filter(other => other !== sql)].slice(0, most);
  try { localStorage.setItem(key, JSON.stringify(all)); } catch { /* private mode keeps nothing */ }
  return all;
}
