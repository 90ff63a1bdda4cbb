// The SQL box: Ctrl+Enter asks, earlier statements stay in this browser, each person's apart.
const key = me => `nexus.queries.${me}`;
const most = 30;

function read(me) {
  try { return JSON.parse(localStorage.getItem(key(me))) ?? []; } catch { return []; }
}

export function start(box, page, me) {
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    page.invokeMethodAsync('Asked', box.value);
  });
  return read(me);
}

export function remember(me, sql) {
  const all = [sql, ...read(me).filter(other => other !== sql)].slice(0, most);
  try { localStorage.setItem(key(me), JSON.stringify(all)); } catch { /* private mode keeps nothing */ }
  return all;
}
