// What all charts share: loading Plotly, painting when the picture, the theme or the width changes, saving the picture.
import * as line from './charts/line.js';
import * as scatter from './charts/scatter.js';
import * as parallel from './charts/parallel.js';
import { resolve, token } from './charts/style.js';
import { saveBlob } from './files.js';

const kinds = { line, scatter, parallel };
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

async function paint(element) {
  const Plotly = await load();
  const chart = charts.get(element);
  if (!chart || !element.isConnected || element.clientWidth === 0) return;
  const kind = kinds[chart.kind];
  // Plotly takes a size of its own only once: said each time, a chart follows its frame.
  const [width, height] = [element.clientWidth, element.clientHeight];
  const { data, layout } = kind.figure(chart.spec, element);
  Object.assign(layout, { width, height });
  await Plotly.react(element, data, layout, { displayModeBar: false, responsive: false });
  const late = kind.annotations?.(chart.spec, element);
  if (late) await Plotly.relayout(element, { annotations: late });
  if (!chart.wired) { chart.wired = true; kind.wire?.(element, () => charts.get(element)); }
  chart.width = width;
  element.dataset.drawn = 'true';
  if (element.clientWidth !== width) await paint(element); // it changed meanwhile
}

export async function draw(element, kind, json, owner) {
  if (!element) return;
  const known = charts.get(element);
  const spec = JSON.parse(json);
  if (known) Object.assign(known, { spec, owner });
  else {
    const resize = new ResizeObserver(() => { if (element.clientWidth > 0 && element.clientWidth !== charts.get(element)?.width) paint(element); });
    charts.set(element, { kind, spec, owner, resize });
    resize.observe(element);
  }
  await paint(element);
}

// On the page's ground and under its question, so that the picture can stand alone.
export async function picture(element, name, question) {
  const Plotly = await load();
  if (!charts.has(element)) return;
  const top = question ? 34 : 0;
  const layout = {
    ...element.layout, paper_bgcolor: resolve('surface'), margin: { ...element.layout.margin, t: element.layout.margin.t + top },
    title: question ? { text: question, x: 0, xref: 'paper', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', pad: { t: 8 }, font: { size: 14, color: token('text') } } : undefined,
  };
  const url = await Plotly.toImage({ data: element.data, layout }, { format: 'png', width: element.clientWidth, height: element.clientHeight + top, scale: 2 });
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), c => c.charCodeAt(0));
  saveBlob(`${name}.png`, new Blob([bytes], { type: 'image/png' }));
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
