// Draws what LineChart says, with Plotly, in the colours of the theme; redraws when the theme or the width changes.
const charts = new Map();
let plotly;

function load() {
  plotly ??= new Promise((done, failed) => {
    if (window.Plotly) { done(window.Plotly); return; }
    const script = document.createElement('script');
    script.src = '/_content/Plotly.Blazor/plotly-basic-3.7.0.min.js';
    // The editor's loader would take the script for a module of its own.
    const define = window.define;
    window.define = undefined;
    script.onload = () => { window.define = define; done(window.Plotly); };
    script.onerror = () => { window.define = define; plotly = undefined; failed(new Error('The charting script could not be loaded.')); };
    document.head.append(script);
  });
  return plotly;
}

const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const stateTokens = { good: 'good', warn: 'warn', bad: 'bad', unknown: 'muted', busy: 'accent', plain: 'muted' };

function colours(series) {
  let next = 0;
  return series.map(s => resolve(s.reference ? 'ref' : `c${++next}`));
}

// A token may name another token; the browser resolves it on a real property.
function resolve(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const fade = (colour, alpha) => colour.replace(/^rgba?\(([^)]*)\)$/, (_, parts) => `rgba(${parts.split(',').slice(0, 3).join(',')},${alpha})`);

function traces(spec, palette) {
  const all = [];
  const x = s => spec.time ? s.x.map(v => new Date(v)) : s.x;
  spec.series.forEach((s, i) => {
    if (s.lower) {
      const edge = { x: x(s), mode: 'lines', line: { width: 0, shape: 'linear' }, hoverinfo: 'skip', connectgaps: false };
      all.push({ ...edge, y: s.upper }, { ...edge, y: s.lower, fill: 'tonexty', fillcolor: fade(palette[i], .14) });
    }
    all.push({
      x: x(s), y: s.y, name: s.name, connectgaps: false, customdata: s.lower ? s.lower.map((low, k) => [low, s.upper[k]]) : undefined,
      mode: s.y.filter(v => v !== null).length < 3 ? 'lines+markers' : 'lines', marker: { size: 5, color: palette[i] },
      line: { color: palette[i], width: s.reference ? 1.4 : 1.8, dash: s.dashed ? '5px,3px' : 'solid' },
      hovertemplate: (spec.percent ? '%{y:.1%}' : `%{y:.3~g}${spec.unit}`) + (s.lower ? ' [%{customdata[0]:.3~g}, %{customdata[1]:.3~g}]' : ''),
    });
  });
  return all;
}

function annotations(spec, palette) {
  const font = { size: 11, family: 'Inter, system-ui, sans-serif' };
  const at = v => spec.time ? new Date(v) : v;
  // Names at the lines' ends, kept apart from one another.
  const ends = spec.series.map((s, i) => ({ s, i, k: s.y.findLastIndex(v => v !== null) })).filter(e => e.k >= 0);
  const values = spec.series.flatMap(s => [...s.y, ...(s.lower ?? []), ...(s.upper ?? [])]).filter(v => v !== null);
  const span = (Math.max(...values) - Math.min(...values)) || 1;
  ends.sort((a, b) => b.s.y[b.k] - a.s.y[a.k]);
  const labels = ends.map((e, rank) => {
    const near = rank > 0 && (ends[rank - 1].s.y[ends[rank - 1].k] - e.s.y[e.k]) / span < .09;
    return { x: at(e.s.x[e.k]), y: e.s.y[e.k], text: e.s.name, xanchor: 'right', yanchor: near ? 'top' : 'bottom', showarrow: false, bgcolor: fade(resolve('surface'), .7), borderpad: 0, font: { ...font, color: palette[e.i], weight: 600 } };
  });
  const levels = spec.thresholds.map(t => ({ xref: 'paper', x: 0, y: t.value, text: t.label, xanchor: 'left', yanchor: 'top', showarrow: false, font: { ...font, color: resolve(stateTokens[t.state]) } }));
  // Near the right end a label stands left of its line, and low: the names of the lines end there.
  const late = e => spec.range && e.x > spec.range[0] + (spec.range[1] - spec.range[0]) * .85;
  const events = spec.events.map(e => ({ x: at(e.x), yref: 'paper', y: late(e) ? 0 : 1, text: e.label, xanchor: late(e) ? 'right' : 'left', yanchor: late(e) ? 'bottom' : 'top', showarrow: false, font: { ...font, color: token('muted') } }));
  return [...(spec.series.length > 1 || spec.series[0]?.name ? labels : []), ...levels, ...events];
}

function shapes(spec) {
  const levels = spec.thresholds.map(t => ({ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: t.value, y1: t.value, line: { color: resolve(stateTokens[t.state]), width: 1, dash: '4px,3px' } }));
  const events = spec.events.map(e => ({ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: spec.time ? new Date(e.x) : e.x, x1: spec.time ? new Date(e.x) : e.x, line: { color: token('faint'), width: 1, dash: '1px,3px' } }));
  return [...levels, ...events];
}

function layout(spec, palette) {
  const font = { family: 'Inter, system-ui, sans-serif', size: 11, color: token('muted') };
  const axis = { showgrid: false, zeroline: false, color: token('muted'), tickfont: font, fixedrange: false, automargin: true };
  return {
    font, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', showlegend: false, hovermode: 'x unified', dragmode: 'zoom',
    margin: { l: 8, r: 8, t: 8, b: spec.xTitle ? 34 : 22, pad: 4 },
    hoverlabel: { bgcolor: token('surface'), bordercolor: token('line'), font: { ...font, color: token('text') } },
    xaxis: { ...axis, type: spec.time ? 'date' : 'linear', nticks: 6, range: spec.range ? spec.range.map(v => spec.time ? new Date(v) : v) : undefined, title: spec.xTitle ? { text: spec.xTitle, font, standoff: 4 } : undefined, hoverformat: spec.time ? '%Y-%m-%d %H:%M UTC' : undefined },
    yaxis: { ...axis, showgrid: true, gridcolor: token('grid'), nticks: 4, rangemode: spec.fromZero ? 'tozero' : 'normal', tickformat: spec.percent ? '.0~%' : undefined, ticksuffix: spec.percent ? '' : spec.unit },
    shapes: shapes(spec), annotations: annotations(spec, palette),
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: token('muted'), activecolor: token('accent') },
  };
}

function csv(spec) {
  const quote = text => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const heads = spec.series.flatMap(s => s.lower ? [s.name, `${s.name} lower`, `${s.name} upper`] : [s.name]);
  const xs = [...new Set(spec.series.flatMap(s => s.x))].sort((a, b) => a - b);
  const rows = xs.map(x => [spec.time ? new Date(x).toISOString() : x, ...spec.series.flatMap(s => {
    const k = s.x.indexOf(x);
    return s.lower ? [s.y[k], s.lower[k], s.upper[k]] : [s.y[k]];
  })].map(v => v ?? '').join(','));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([[['x', ...heads].map(quote).join(','), ...rows].join('\n')], { type: 'text/csv' }));
  link.download = `${fileName(spec)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const fileName = spec => spec.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'chart';
const csvIcon = { width: 16, height: 16, path: 'M2 2h12v12H2zM3.5 3.5v2h9v-2zM3.5 7v2h4V7zM9 7v2h3.5V7zM3.5 10.5v2h4v-2zM9 10.5v2h3.5v-2z' };

async function paint(element) {
  const chart = charts.get(element);
  if (!chart) return;
  const Plotly = await load();
  if (!charts.has(element) || !element.isConnected) return;
  const palette = colours(chart.spec.series);
  await Plotly.react(element, traces(chart.spec, palette), layout(chart.spec, palette), {
    displaylogo: false, displayModeBar: 'hover', responsive: false, modeBarButtons: [['resetScale2d', 'toImage', { name: 'csv', title: 'Download as CSV', icon: csvIcon, click: () => csv(charts.get(element).spec) }]],
    toImageButtonOptions: { format: 'png', scale: 2, filename: fileName(chart.spec) },
  });
  element.dataset.drawn = 'true';
}

export async function draw(element, spec) {
  if (!element) return;
  const known = charts.get(element);
  if (known) known.spec = spec;
  else {
    const resize = new ResizeObserver(() => { if (window.Plotly && element.dataset.drawn && element.clientWidth > 0) window.Plotly.Plots.resize(element); });
    resize.observe(element);
    charts.set(element, { spec, resize });
  }
  await paint(element);
}

export function dispose(element) {
  const chart = charts.get(element);
  if (!chart) return;
  chart.resize.disconnect();
  charts.delete(element);
  window.Plotly?.purge(element);
}

addEventListener('nexus-theme', () => { for (const element of charts.keys()) paint(element); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { for (const element of charts.keys()) paint(element); });
