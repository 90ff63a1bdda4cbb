// The lineage graph: laid out from left to right, panned, zoomed, walked by keys. What a node means is asked of the server.
import { Graph, layout } from './lib/dagre.esm.js';

const W = 184, H = 46, LEAST = .8, NS = 'http://www.w3.org/2000/svg';

function make(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) if (value !== undefined && value !== null) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const ruler = document.createElement('canvas').getContext('2d');

// Cut in the middle until it is no wider than that.
function fitting(text, width, font) {
  ruler.font = font;
  const wide = shown => ruler.measureText(shown).width > width;
  if (!wide(text)) return text;
  for (let most = text.length - 1; most > 4; most--) {
    const shown = `${text.slice(0, Math.ceil(most / 2) - 1)}…${text.slice(text.length - Math.floor(most / 2))}`;
    if (!wide(shown)) return shown;
  }
  return text.slice(0, 4);
}

export function create(host, dotnet) {
  const world = make('g');
  const svg = make('svg', { class: 'graph', role: 'group' }, make('defs', {}, make('marker', { id: 'lineage-tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, make('path', { d: 'M0 1l7 3-7 3z' }))), world);
  host.replaceChildren(svg);
  let nodes = new Map(), edges = [], places = new Map(), drawn = new Map(), lines = [], size = { width: 0, height: 0 };
  let view = { x: 0, y: 0, scale: 1 }, active = null, moved = false, touched = false;

  const apply = () => world.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);

  function fit() {
    const box = host.getBoundingClientRect();
    if (box.width === 0 || size.width === 0) return;
    const scale = Math.min(1, (box.width - 48) / size.width, (box.height - 48) / size.height);
    view.scale = Math.max(LEAST, scale);
    view.x = (box.width - size.width * view.scale) / 2;
    view.y = (box.height - size.height * view.scale) / 2;
    if (scale < LEAST && active) {
      const at = places.get(active);
      view.x = within(box.width / 2 - at.x * view.scale, box.width, size.width);
      view.y = within(box.height / 2 - at.y * view.scale, box.height, size.height);
    }
    apply();
  }

  // No empty room at one end while there is something beyond the other.
  function within(from, room, length) {
    const whole = length * view.scale;
    return whole <= room - 48 ? (room - whole) / 2 : Math.min(24, Math.max(room - 24 - whole, from));
  }

  function centre(id) {
    const at = places.get(id), box = host.getBoundingClientRect();
    if (!at) return;
    view.x = box.width / 2 - at.x * view.scale;
    view.y = box.height / 2 - at.y * view.scale;
    apply();
  }

  function reveal(id) {
    touched = true;
    const at = places.get(id), box = host.getBoundingClientRect();
    const x = at.x * view.scale + view.x, y = at.y * view.scale + view.y, margin = 24 + W / 2 * view.scale;
    if (x < margin || x > box.width - margin || y < 40 || y > box.height - 40) centre(id);
  }

  function zoom(factor, x, y) {
    touched = true;
    const box = host.getBoundingClientRect(), scale = Math.min(2, Math.max(.1, view.scale * factor));
    const cx = x ?? box.width / 2, cy = y ?? box.height / 2;
    view.x = cx - (cx - view.x) * scale / view.scale;
    view.y = cy - (cy - view.y) * scale / view.scale;
    view.scale = scale;
    apply();
  }

  function place() {
    const graph = new Graph().setGraph({ rankdir: 'LR', ranksep: 56, nodesep: 14, ranker: nodes.size > 150 ? 'tight-tree' : 'network-simplex' });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const id of nodes.keys()) graph.setNode(id, { width: W, height: H });
    for (const edge of edges) if (edge.from !== edge.to) graph.setEdge(edge.from, edge.to);
    layout(graph);
    places = new Map([...nodes.keys()].map(id => [id, graph.node(id)]));
    size = { width: graph.graph().width ?? W, height: graph.graph().height ?? H };
  }

  function line(edge) {
    const a = places.get(edge.from), b = places.get(edge.to), x1 = a.x + W / 2, x2 = b.x - W / 2, bend = Math.max(24, Math.abs(x2 - x1) / 2);
    const path = make('path', { class: 'e', d: `M${x1} ${a.y}C${x1 + bend} ${a.y} ${x2 - bend} ${b.y} ${x2} ${b.y}`, 'marker-end': 'url(#lineage-tip)' }, make('title', {}));
    path.firstChild.textContent = `${nodes.get(edge.from).title} ${edge.words} ${nodes.get(edge.to).title}`;
    return path;
  }

  function more(node, upwards, count) {
    const label = `+${count.toLocaleString('en-US')}`, width = 14 + 7 * label.length, x = upwards ? -8 : W + 8 - width;
    const text = make('text', { x: x + width / 2, y: H + 4, 'text-anchor': 'middle' });
    text.textContent = label;
    const group = make('g', { class: 'more' }, make('title', {}), make('rect', { x, y: H - 9, width, height: 18, rx: 9 }), text);
    group.firstChild.textContent = upwards ? `${count} more led to ${node.title}: show them` : `${count} more came of ${node.title}: show them`;
    group.addEventListener('click', event => { event.stopPropagation(); expand(node.id, upwards); });
    return group;
  }

  function box(node) {
    const at = places.get(node.id), title = make('text', { x: 14, y: 20, class: 't' }), state = make('text', { x: 14, y: 36, class: 'k' });
    title.textContent = fitting(node.title, W - 24, `600 13px ${getComputedStyle(host).fontFamily}`);
    state.textContent = node.state ? `${node.kind} · ${node.state}` : node.kind;
    const group = make('g', {
      class: `n ${node.tone}${node.root ? ' root' : ''}`, transform: `translate(${at.x - W / 2} ${at.y - H / 2})`, tabindex: -1, role: 'button',
      'aria-label': `${node.kind} ${node.title}${node.state ? ', ' + node.state : ''}${node.root ? ', where you are' : ''}${node.up ? `, ${node.up} more lead to it` : ''}${node.down ? `, ${node.down} more came of it` : ''}`,
    }, make('title', {}), make('rect', { width: W, height: H, rx: 6 }), make('rect', { class: 'edge', width: 4, height: H, rx: 2 }), title, state);
    group.firstChild.textContent = node.title;
    if (node.up) group.append(more(node, true, node.up));
    if (node.down) group.append(more(node, false, node.down));
    group.addEventListener('click', () => { if (!moved) pick(node.id); });
    group.addEventListener('dblclick', () => open(node.id));
    return group;
  }

  function draw() {
    drawn = new Map();
    lines = edges.map(edge => [edge, line(edge)]);
    world.replaceChildren(...lines.map(pair => pair[1]));
    for (const node of nodes.values()) {
      const group = box(node);
      drawn.set(node.id, group);
      world.append(group);
    }
  }

  function mark(id) {
    drawn.get(active)?.setAttribute('tabindex', -1);
    drawn.get(active)?.classList.remove('on');
    active = drawn.has(id) ? id : [...drawn.keys()][0];
    drawn.get(active)?.setAttribute('tabindex', 0);
    drawn.get(active)?.classList.add('on');
    for (const [edge, path] of lines) path.classList.toggle('on', edge.from === active || edge.to === active);
  }

  function pick(id) {
    mark(id);
    drawn.get(id)?.focus({ preventScroll: true });
    dotnet.invokeMethodAsync('PickAsync', id);
  }

  function open(id) { const href = nodes.get(id)?.href; if (href) window.Blazor.navigateTo(href); }
  function expand(id, upwards) { dotnet.invokeMethodAsync('ExpandAsync', id, upwards); }

  // Left and right follow arrows; up and down the column.
  function beside(key) {
    const here = places.get(active);
    const near = id => Math.abs(places.get(id).y - here.y);
    const closest = ids => ids.sort((a, b) => near(a) - near(b))[0];
    if (key === 'ArrowLeft') return closest(edges.filter(e => e.to === active && e.from !== active).map(e => e.from));
    if (key === 'ArrowRight') return closest(edges.filter(e => e.from === active && e.to !== active).map(e => e.to));
    const column = [...places].filter(([id, at]) => Math.abs(at.x - here.x) < W / 2 && (key === 'ArrowUp' ? at.y < here.y - 1 : at.y > here.y + 1)).map(([id]) => id);
    return closest(column);
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = nodes.get(active);
    const does = {
      Enter: () => open(active), ' ': () => pick(active), '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(.8), 0: fit,
      '[': () => node?.up && expand(active, true), ']': () => node?.down && expand(active, false),
    }[event.key];
    if (does) { event.preventDefault(); event.stopPropagation(); does(); return; }
    if (!event.key.startsWith('Arrow') || !active) return;
    event.preventDefault();
    const next = beside(event.key);
    if (next) { pick(next); reveal(next); }
  }

  let grip = null;
  const down = event => {
    if (event.button !== 0) return;
    grip = { x: event.clientX - view.x, y: event.clientY - view.y, sx: event.clientX, sy: event.clientY };
    moved = false;
  };
  const drag = event => {
    if (!grip) return;
    if (!moved && Math.hypot(event.clientX - grip.sx, event.clientY - grip.sy) < 4) return;
    if (!moved) { moved = touched = true; host.setPointerCapture(event.pointerId); }
    view.x = event.clientX - grip.x; view.y = event.clientY - grip.y;
    apply();
  };
  const up = () => { grip = null; setTimeout(() => { moved = false; }); };
  const wheel = event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = host.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  };
  host.addEventListener('pointerdown', down);
  host.addEventListener('pointermove', drag);
  host.addEventListener('pointerup', up);
  host.addEventListener('pointercancel', up);
  host.addEventListener('wheel', wheel, { passive: false });
  host.addEventListener('keydown', press);
  // Until somebody has moved it, it keeps to what room there is.
  const watch = new ResizeObserver(() => { if (!grip && !touched && size.width > 0) fit(); });
  watch.observe(host);

  return {
    show(graph, selected, whole) {
      const kept = active && places.get(active), before = kept && { x: kept.x * view.scale + view.x, y: kept.y * view.scale + view.y };
      nodes = new Map(graph.nodes.map(node => [node.id, node]));
      edges = graph.edges;
      place();
      draw();
      const focused = host.contains(document.activeElement);
      mark(selected);
      svg.setAttribute('aria-label', `${nodes.size} things and ${edges.length} arrows`);
      const at = places.get(active);
      if (whole || !before || !at) fit();
      else { view.x = before.x - at.x * view.scale; view.y = before.y - at.y * view.scale; apply(); }
      if (focused) drawn.get(active)?.focus({ preventScroll: true });
    },
    pick(id) { mark(id); reveal(active); },
    find(text) {
      const want = text.trim().toLowerCase();
      let first = null, count = 0;
      for (const [id, group] of drawn) {
        const node = nodes.get(id), hit = want.length > 0 && `${node.kind} ${node.title} ${node.id} ${node.state ?? ''}`.toLowerCase().includes(want);
        group.classList.toggle('hit', hit);
        group.classList.toggle('dim', want.length > 0 && !hit);
        if (hit) { count++; first ??= id; }
      }
      if (first) { mark(first); reveal(first); }
      return count;
    },
    zoom, fit,
    focus() { drawn.get(active)?.focus(); },
    dispose() { watch.disconnect(); host.replaceChildren(); },
  };
}
