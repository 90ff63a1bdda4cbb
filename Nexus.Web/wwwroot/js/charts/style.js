// The theme's colours and type, as Plotly wants them.
export const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// A token may name another token; the browser resolves it on a real property.
export function resolve(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const parts = colour => colour.replace(/^rgba?\(([^)]*)\)$/, '$1').split(',').slice(0, 3).map(Number);

export const fade = (colour, alpha) => `rgba(${parts(colour).join(',')},${alpha})`;

export function mix(from, to, share) {
  const [a, b] = [parts(from), parts(to)];
  return `rgb(${a.map((v, i) => Math.round(v + (b[i] - v) * share)).join(',')})`;
}

export const family = 'Inter, system-ui, sans-serif';
export const font = () => ({ family, size: 11, color: token('muted') });
export const axis = () => ({ showgrid: false, zeroline: false, color: token('muted'), tickfont: font(), automargin: true });
export const ground = () => ({
  font: font(), paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', showlegend: false,
  hoverlabel: { bgcolor: token('surface'), bordercolor: token('line'), font: { ...font(), color: token('text') }, align: 'left' },
});

let ruler;
export function textWidth(text, weight = 400) {
  ruler ??= document.createElement('canvas').getContext('2d');
  ruler.font = `${weight} 11px ${family}`;
  return ruler.measureText(text).width;
}

// Cut in the middle, where names differ least.
export function cut(text, width, weight) {
  if (textWidth(text, weight) <= width) return text;
  for (let keep = text.length - 1; keep > 2; keep--) {
    const shorter = `${text.slice(0, Math.ceil(keep / 2))}…${text.slice(text.length - Math.floor(keep / 2))}`;
    if (textWidth(shorter, weight) <= width) return shorter;
  }
  return '…';
}

export const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function go(href) {
  if (window.Blazor) window.Blazor.navigateTo(href); else location.assign(href);
}
