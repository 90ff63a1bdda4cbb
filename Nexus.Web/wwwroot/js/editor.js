// The YAML editor. What is wrong, what could stand here and what a word means is asked of the server.
const root = '/_content/BlazorMonaco/lib/monaco-editor/min/vs';
const editors = new Map();
let loaded;

function load() {
  loaded ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = `${root}/loader.js`;
    script.onerror = () => { loaded = undefined; failed(new Error('The editor could not be loaded.')); };
    script.onload = () => {
      window.require.config({ paths: { vs: root } });
      window.require(['vs/editor/editor.main'], () => { prepare(); done(window.monaco); }, failed);
    };
    document.head.append(script);
  });
  return loaded;
}

// A larger text is refused in any case; of it no more is sent than tells that, as the connection bears no message of any size.
const most = 1024 * 1024;
const sent = source => {
  const value = source.getValue();
  return value.length > most / 3 && new TextEncoder().encode(value).length > most ? value.slice(0, most + 1) : value;
};

const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const bare = colour => colour.replace('#', '');

function paint() {
  const dark = document.documentElement.dataset.theme === 'dark';
  monaco.editor.defineTheme('nexus', {
    base: dark ? 'vs-dark' : 'vs', inherit: true,
    rules: [
      { token: 'type', foreground: bare(token('accent')) }, { token: 'tag', foreground: bare(token('accent')) }, { token: 'key', foreground: bare(token('accent')) },
      { token: 'string', foreground: bare(token('text')) }, { token: 'string.yaml', foreground: bare(token('text')) }, { token: 'keyword', foreground: bare(token('second')) }, { token: 'comment', foreground: bare(token('muted')) }, { token: 'number', foreground: bare(token('warn')) },
    ],
    colors: {
      'editor.background': token('surface'), 'editor.foreground': token('text'), 'editorLineNumber.foreground': token('faint'), 'editorLineNumber.activeForeground': token('text'),
      'editor.lineHighlightBackground': token('sunken'), 'editor.lineHighlightBorder': token('surface'), 'editorWidget.background': token('surface'), 'editorWidget.border': token('line'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'), 'editorSuggestWidget.selectedForeground': token('text'), 'editorError.foreground': token('bad'), 'focusBorder': token('surface'),
    },
  });
  monaco.editor.setTheme('nexus');
}

function prepare() {
  const owner = model => [...editors.values()].find(e => e.editor?.getModel() === model);
  const kinds = { key: monaco.languages.CompletionItemKind.Property, value: monaco.languages.CompletionItemKind.Value, step: monaco.languages.CompletionItemKind.Reference };
  const range = place => new monaco.Range(place.line, place.column, place.endLine, place.endColumn);
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', ':', '.', '{', '"'],
    async provideCompletionItems(model, position) {
      const found = await owner(model)?.server.invokeMethodAsync('Complete', sent(model), position.lineNumber, position.column) ?? [];
      return { suggestions: found.map(item => ({ label: item.label, insertText: item.insert, kind: kinds[item.kind] ?? kinds.value, detail: item.detail ?? undefined, documentation: item.documentation ?? undefined, range: range(item.replace) })) };
    },
  });
  monaco.languages.registerHoverProvider('yaml', {
    async provideHover(model, position) {
      const hover = await owner(model)?.server.invokeMethodAsync('Hover', sent(model), position.lineNumber, position.column);
      return hover ? { range: range(hover.place), contents: [{ value: hover.markdown }] } : null;
    },
  });
  monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions(model, _, context) {
      const entry = owner(model);
      const near = (entry?.problems ?? []).filter(p => p.suggestion && context.markers.some(m => m.startLineNumber === p.line && m.startColumn === p.column && m.message === p.text));
      return {
        actions: near.map(p => ({
          title: `Write '${p.suggestion}'`, kind: 'quickfix', isPreferred: true, diagnostics: context.markers.filter(m => m.message === p.text),
          edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit: mending(model, p) }] },
        })),
        dispose() {},
      };
    },
  });
  addEventListener('nexus-theme', paint);
}

// The suggestion in place of the word that was meant, quotes and what stands around it kept.
function mending(model, problem) {
  const range = new monaco.Range(problem.line, problem.column, problem.endLine, problem.endColumn);
  const before = model.getValueInRange(range);
  const quote = /^(["']).*\1$/s.test(before) ? before[0] : '';
  const text = problem.word && before.includes(problem.word) ? before.replace(problem.word, () => problem.suggestion) : quote + problem.suggestion + quote;
  return { range, text };
}

export async function open(element, server, text, readOnly) {
  const entry = { server };
  editors.set(element, entry);
  await load();
  if (!editors.has(element)) return;
  paint();
  element.textContent = '';
  entry.editor = monaco.editor.create(element, {
    value: text, language: 'yaml', readOnly, automaticLayout: true, minimap: { enabled: false }, scrollBeyondLastLine: false, tabSize: 2, insertSpaces: true,
    fontSize: 13, lineHeight: 20, fontFamily: token('mono'), lineNumbersMinChars: 3, folding: true, renderLineHighlight: 'line', overviewRulerLanes: 0, padding: { top: 8, bottom: 8 },
    ariaLabel: 'Pipeline document', quickSuggestions: { other: true, comments: false, strings: true }, wordBasedSuggestions: false, fixedOverflowWidgets: true, accessibilitySupport: 'auto', wordWrap: 'on', wrappingIndent: 'indent',
  });
  let timer = 0;
  entry.editor.onDidChangeModelContent(() => {
    entry.typed = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => server.invokeMethodAsync('Changed', sent(entry.editor)).catch(() => { /* the connection went; the text stays */ }), 200);
  });
  entry.editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => server.invokeMethodAsync('Save', sent(entry.editor)));
  element.dataset.ready = 'true';
}

export function mark(element, problems) {
  const entry = editors.get(element);
  const model = entry?.editor?.getModel();
  if (!model) return null;
  entry.problems = problems;
  monaco.editor.setModelMarkers(model, 'nexus', problems.map(p => ({
    severity: p.mandatory ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Error, message: p.text, startLineNumber: p.line, startColumn: p.column, endLineNumber: p.endLine, endColumn: p.endColumn,
  })));
  const after = entry.typed === undefined ? null : performance.now() - entry.typed;
  entry.typed = undefined;
  return after;
}

export function mend(element, problem) {
  const editor = editors.get(element)?.editor;
  if (!editor) return;
  editor.executeEdits('nexus', [mending(editor.getModel(), problem)]);
  editor.focus();
}

export function reveal(element, line, column) {
  const editor = editors.get(element)?.editor;
  if (!editor) return;
  editor.setPosition({ lineNumber: line, column });
  editor.revealLineInCenterIfOutsideViewport(line);
  editor.focus();
}

export function text(element) {
  const editor = editors.get(element)?.editor;
  return editor ? sent(editor) : null;
}

export function close(element) {
  const entry = editors.get(element);
  editors.delete(element);
  entry?.editor?.getModel()?.dispose();
  entry?.editor?.dispose();
}
