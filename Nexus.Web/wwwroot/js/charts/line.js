// Lines with bands, thresholds and events; names stand beside the plot, each at the height of its line's end.
import { axis, cut, escape, fade, family, font, ground, resolve, textWidth, token } from './style.js';

const stateTokens = { good: 'good', warn: 'warn', bad: 'bad', unknown: 'muted', busy: 'accent', plain: 'muted' };
const lineHeight = 14;

function colours(series) {
  let next = 0;
  return series.map(s => resolve(s.reference || s.other ? 'ref' : `c${++next}`));
}

const named = spec => spec.series.length > 1 || Boolean(spec.series[0]?.name);
const at = (spec, v) => spec.time ? new Date(v) : v;

function traces(spec, palette) {
  const all = [];
  spec.series.forEach((s, i) => {
    const x = s.x.map(v => at(spec, v));
    if (s.lower) {
      const edge = { x, mode: 'lines', line: { width: 0, shape: 'linear' }, hoverinfo: 'skip', connectgaps: false };
      all.push({ ...edge, y: s.upper }, { ...edge, y: s.lower, fill: 'tonexty', fillcolor: fade(palette[i], .14) });
    }
    all.push({
      x, y: s.y, name: escape(s.name), connectgaps: false, customdata: s.lower ? s.lower.map((low, k) => [low, s.upper[k]]) : undefined,
      mode: s.y.filter(v => v !== null).length < 3 ? 'lines+markers' : 'lines', marker: { size: 5, color: palette[i] }, opacity: s.other ? .55 : 1,
      line: { color: palette[i], width: s.other ? 1 : s.reference ? 1.4 : 1.8, dash: s.dashed ? '5px,3px' : 'solid' },
      ...(s.other ? { hoverinfo: 'skip' } : { hovertemplate: (spec.percent ? '%{y:.1%}' : `%{y:.3~g}${spec.unit}`) + (s.lower ? ' [%{customdata[0]:.3~g}, %{customdata[1]:.3~g}]' : '') }),
    });
  });
  return all;
}

function ends(spec) {
  const last = spec.series.map((s, i) => ({ s, i, k: s.y.findLastIndex(v => v !== null) })).filter(e => e.k >= 0);
  const labels = last.filter(e => !e.s.other).map(e => ({ text: e.s.name, y: e.s.y[e.k], i: e.i }));
  const others = last.filter(e => e.s.other).map(e => e.s.y[e.k]).sort((a, b) => a - b);
  if (others.length > 0) labels.push({ text: others.length === 1 ? '1 other' : `${others.length} others`, y: others[others.length >> 1], other: true });
  return labels;
}

const room = (spec, element) => named(spec) ? Math.min(Math.max(0, ...ends(spec).map(e => textWidth(e.text, 600))), element.clientWidth * .28) : 0;

function shapes(spec) {
  const levels = spec.thresholds.map(t => ({ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: t.value, y1: t.value, line: { color: resolve(stateTokens[t.state]), width: 1, dash: '4px,3px' } }));
  const events = spec.events.map(e => ({ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: at(spec, e.x), x1: at(spec, e.x), line: { color: token('faint'), width: 1, dash: '1px,3px' } }));
  return [...levels, ...events];
}

// Of few whole numbers each has its tick, and nothing between them has one.
function counted(spec) {
  const all = spec.time ? [] : spec.series.flatMap(s => s.x);
  return all.length > 0 && all.every(Number.isInteger) && Math.max(...all) - Math.min(...all) < 6;
}

export function figure(spec, element) {
  const palette = colours(spec.series);
  const right = room(spec, element);
  return {
    data: traces(spec, palette),
    layout: {
      ...ground(), hovermode: 'x unified', dragmode: 'zoom', shapes: shapes(spec), annotations: [],
      margin: { l: 8, r: right > 0 ? right + 12 : 8, t: 8, b: spec.xTitle ? 34 : 22, pad: 4 },
      xaxis: { ...axis(), type: spec.time ? 'date' : 'linear', ...(counted(spec) ? { dtick: 1 } : { nticks: 6 }), range: spec.range ? spec.range.map(v => at(spec, v)) : undefined, title: spec.xTitle ? { text: spec.xTitle, font: font(), standoff: 4 } : undefined, hoverformat: spec.time ? '%Y-%m-%d %H:%M UTC' : undefined },
      yaxis: { ...axis(), showgrid: true, gridcolor: token('grid'), nticks: 4, rangemode: spec.fromZero ? 'tozero' : 'normal', tickformat: spec.percent ? '.0~%' : undefined, ticksuffix: spec.percent ? '' : spec.unit },
    },
  };
}

// Pushed apart from the middle of each cluster, and kept within the plot.
function spread(labels, height) {
  labels.sort((a, b) => a.pixel - b.pixel);
  for (let round = 0; round < 20; round++) {
    for (let i = 1; i < labels.length; i++) {
      const short = lineHeight - (labels[i].pixel - labels[i - 1].pixel);
      if (short > 0) { labels[i - 1].pixel -= short / 2; labels[i].pixel += short / 2; }
    }
    labels.forEach((label, i) => { label.pixel = Math.min(height - (labels.length - 1 - i) * lineHeight, Math.max(i * lineHeight, label.pixel)); });
  }
}

// After the first drawing, when the plot's own height and range are known.
export function annotations(spec, element) {
  const { yaxis, _size: size } = element._fullLayout;
  const palette = colours(spec.series);
  const [low, high] = yaxis.range;
  const labels = named(spec) ? ends(spec).map(e => ({ ...e, pixel: (high - e.y) / ((high - low) || 1) * size.h })) : [];
  spread(labels, size.h);
  const width = room(spec, element) + 1;
  const small = { size: 11, family };
  const levels = spec.thresholds.map(t => ({ xref: 'paper', x: 0, y: t.value, text: escape(t.label), xanchor: 'left', yanchor: 'top', showarrow: false, font: { ...small, color: resolve(stateTokens[t.state]) } }));
  const [from, to] = spec.range ?? [Infinity, Infinity];
  const late = e => e.x > from + (to - from) * .7;
  const events = spec.events.map(e => ({ x: at(spec, e.x), yref: 'paper', y: 1, text: escape(e.label), xanchor: late(e) ? 'right' : 'left', yanchor: 'top', showarrow: false, font: { ...small, color: token('muted') } }));
  return [
    ...labels.map(l => ({ xref: 'paper', yref: 'paper', x: 1, xshift: 4, y: 1 - l.pixel / size.h, xanchor: 'left', yanchor: 'middle', showarrow: false, borderpad: 0, text: escape(cut(l.text, width, 600)), hovertext: escape(l.text), font: { ...small, color: l.other ? token('muted') : palette[l.i], weight: l.other ? 400 : 600 } })),
    ...levels, ...events,
  ];
}
