// Uprights for values, a line for each thing; drawing over an upright keeps the lines that pass there.
import { axis, cut, escape, fade, family, go, ground, mix, resolve, token } from './style.js';

const near = 16;

function colour(line, rank, scale) {
  if (line.highlight) return scale.high[rank % scale.high.length];
  return line.colour === null ? scale.low : mix(scale.low, scale.top, line.colour);
}

export function figure(spec, element) {
  const surface = resolve('surface');
  const scale = { low: mix(resolve('ref'), surface, .15), top: mix(resolve('c1'), surface, .35), high: [resolve('c1'), resolve('c2'), resolve('c3')] };
  const xs = spec.axes.map((_, i) => i);
  let rank = 0;
  const lines = [...spec.lines].sort((a, b) => (a.highlight - b.highlight) || (b.faded - a.faded) || ((a.colour ?? 0) - (b.colour ?? 0)));
  const highlighted = spec.lines.filter(l => l.highlight);
  const data = lines.map(line => ({
    x: xs, y: line.y, mode: 'lines+markers', connectgaps: false, customdata: line.texts.map((text, i) => [text, line.href, escape(spec.axes[i].title)]), cliponaxis: false,
    line: { color: colour(line, line.highlight ? highlighted.indexOf(line) : rank++, scale), width: line.highlight ? 2.4 : 1.2 }, marker: { size: line.highlight ? 5 : 3 },
    opacity: line.faded ? .1 : line.highlight ? 1 : .75, name: escape(line.name), hoverinfo: line.faded ? 'skip' : undefined,
    hovertemplate: line.faded ? undefined : `<b>${escape(line.name)}</b> · %{customdata[2]} %{customdata[0]}<extra></extra>`,
  }));
  const column = element.clientWidth / spec.axes.length;
  const small = { size: 11, family };
  const text = (i, y, words, anchor, shift, extra) => ({ x: i, y, yref: 'y', text: escape(cut(words, Math.max(28, column - 8))), hovertext: escape(words), showarrow: false, xanchor: 'center', yanchor: anchor, yshift: shift, font: { ...small, color: token('muted') }, ...extra });
  const annotations = spec.axes.flatMap((a, i) => [
    text(i, 1, a.title, 'bottom', 18, { font: { ...small, color: token('text'), weight: 600 } }), text(i, 1, a.high, 'bottom', 4), text(i, 0, a.low, 'top', -4),
    ...a.marks.filter(m => m.at > 0 && m.at < 1).map(m => text(i, m.at, m.text, 'middle', 0, { xanchor: i === spec.axes.length - 1 ? 'right' : 'left', xshift: i === spec.axes.length - 1 ? -6 : 6, bgcolor: fade(resolve('surface'), .7), borderpad: 0 })),
  ]);
  const uprights = spec.axes.map((_, i) => ({ type: 'line', x0: i, x1: i, y0: 0, y1: 1, line: { color: token('edge'), width: 1 }, layer: 'below' }));
  const brushes = spec.axes.flatMap((a, i) => a.brush ? [{ type: 'rect', xref: 'x', xsizemode: 'pixel', xanchor: i, x0: -6, x1: 6, y0: a.brush[0], y1: a.brush[1], line: { color: resolve('accent'), width: 1 }, fillcolor: fade(resolve('accent'), .25) }] : []);
  const hidden = { ...axis(), visible: false, fixedrange: true, automargin: false };
  return {
    data,
    layout: {
      ...ground(), hovermode: 'closest', dragmode: false, margin: { l: Math.min(56, column / 2), r: Math.min(56, column / 2), t: 40, b: 22 },
      xaxis: { ...hidden, range: [0, Math.max(1, spec.axes.length - 1)] }, yaxis: { ...hidden, range: [-.01, 1.01] }, shapes: [...uprights, ...brushes], annotations,
    },
  };
}

function place(element, chart, event) {
  const box = element.getBoundingClientRect();
  const { _size: size, yaxis } = element._fullLayout;
  const step = size.w / Math.max(1, chart.spec.axes.length - 1);
  const [x, y] = [event.clientX - box.left - size.l, event.clientY - box.top - size.t];
  const index = Math.round(x / step);
  const [low, high] = yaxis.range;
  return { index, off: Math.abs(x - index * step), share: Math.min(1, Math.max(0, high - y / size.h * (high - low))), left: size.l + index * step, top: y + size.t };
}

export function wire(element, current) {
  let start, ghost;
  const axisAt = event => { const p = place(element, current(), event); return p.off <= near && p.index >= 0 && p.index < current().spec.axes.length ? p : undefined; };

  element.addEventListener('pointermove', event => {
    if (!current()) return;
    if (!start) { element.querySelector('.draglayer .nsewdrag')?.style.setProperty('cursor', current().owner && axisAt(event) ? 'ns-resize' : 'default', 'important'); return; }
    const now = place(element, current(), event);
    Object.assign(ghost.style, { left: `${start.left - 6}px`, top: `${Math.min(start.top, now.top)}px`, height: `${Math.abs(now.top - start.top)}px` });
  });
  element.addEventListener('pointerdown', event => {
    if (!current()?.owner || event.button !== 0) return;
    start = axisAt(event);
    if (!start) return;
    event.preventDefault();
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
    ghost = document.createElement('i');
    Object.assign(ghost.style, { position: 'absolute', width: '12px', background: fade(resolve('accent'), .25), pointerEvents: 'none' });
    element.append(ghost);
  }, true);
  const end = event => {
    if (!start) return;
    const [from, now] = [start, place(element, current(), event)];
    const { from: low, to: high } = current().spec.axes[from.index];
    ghost.remove();
    start = undefined;
    if (event.type === 'pointercancel') return;
    const moved = Math.abs(now.top - from.top) > 4;
    const value = share => low + share * (high - low);
    current().owner.invokeMethodAsync('Brush', from.index, moved ? value(from.share) : null, moved ? value(now.share) : null);
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.on('plotly_click', event => { const href = event.points[0]?.customdata?.[1]; if (href) go(href); });
}
