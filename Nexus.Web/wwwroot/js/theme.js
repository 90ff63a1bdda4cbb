// Runs before the first paint, so that neither theme nor rail flash.
(() => {
  const root = document.documentElement;
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => { root.dataset.theme = read('nexus.theme') ?? (dark.matches ? 'dark' : 'light'); };
  apply();
  dark.addEventListener('change', apply);
  if (read('nexus.rail') === 'icons') root.dataset.rail = 'icons';
})();
