// Points with error bars; a click leads to what the point stands for.
import { axis, escape, fade, family, font, go, ground, resolve, token } from './style.js';

export function figure(spec) {
  const [plain, accent] = [resolve('ref'), resolve('accent')];
  const x = p => spec.categories ? p.category : p.x;
  const trace = (points, colour, size) => ({
    x: points.map(x), y: points.map(p => p.y), text: points.map(p => escape(p.name)), customdata: points.map(p => p.href), mode: 'markers', cliponaxis: false,
    marker: { size, color: colour, line: { width: 1, color: resolve('surface') } },
    error_y: points.some(p => p.lower !== null && p.upper !== null)
      ? { type: 'data', symmetric: false, array: points.map(p => p.upper === null ? 0 : p.upper - p.y), arrayminus: points.map(p => p.lower === null ? 0 : p.y - p.lower), color: fade(colour, .55), thickness: 1.2, width: 0 } : undefined,
    hovertemplate: `<b>%{text}</b><br>${escape(spec.xTitle)} %{x}<br>${escape(spec.yTitle)} %{y:.3~g}<extra></extra>`,
  });
  const title = text => text ? { text: escape(text), font: font(), standoff: 8 } : undefined;
  const ys = spec.points.map(p => p.y);
  return {
    data: [trace(spec.points.filter(p => !p.highlight), plain, 7), trace(spec.points.filter(p => p.highlight), accent, 9)],
    layout: {
      ...ground(), hovermode: 'closest', dragmode: 'zoom', margin: { l: 8, r: 12, t: 12, b: 34, pad: 4 },
      xaxis: { ...axis(), type: spec.categories ? 'category' : spec.logX ? 'log' : 'linear', nticks: 8, title: title(spec.xTitle) },
      yaxis: { ...axis(), showgrid: true, gridcolor: token('grid'), nticks: 5, title: title(spec.yTitle) },
      shapes: spec.diagonal ? [{ type: 'line', x0: Math.min(...ys), x1: Math.max(...ys), y0: Math.min(...ys), y1: Math.max(...ys), line: { color: plain, width: 1, dash: '5px,3px' }, layer: 'below' }] : [],
      annotations: spec.points.filter(p => p.highlight).slice(0, 3).map(p => ({ x: spec.logX ? Math.log10(p.x) : x(p), y: p.y, text: escape(p.name), showarrow: false, yanchor: 'bottom', yshift: 6, font: { size: 11, family, color: accent, weight: 600 } })),
    },
  };
}

export function wire(element) {
  element.on('plotly_click', event => { const href = event.points[0]?.customdata; if (href) go(href); });
  element.on('plotly_hover', event => { element.style.cursor = event.points[0]?.customdata ? 'pointer' : ''; });
  element.on('plotly_unhover', () => { element.style.cursor = ''; });
}
