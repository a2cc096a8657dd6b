// Runs the installed JupyterLab extension as JupyterLab does, on a stream like CodeMirror's, and prints the colour of each token.
// Usage: node colours.mjs remoteEntry.js < cell
import { readFileSync } from 'node:fs';

class Stream {
  constructor(line) {
    Object.assign(this, { line, pos: 0, start: 0 });
  }
  sol() { return this.pos === 0; }
  eol() { return this.pos >= this.line.length; }
  peek() { return this.line[this.pos]; }
  next() { return this.line[this.pos++]; }
  eat(text) { return this.peek() === text ? this.next() : undefined; }
  eatSpace() {
    const start = this.pos;
    while (/\s/.test(this.peek() ?? 'x')) this.pos += 1;
    return this.pos > start;
  }
  skipToEnd() { this.pos = this.line.length; }
  indentation() { return this.line.match(/^\s*/)[0].length; }
  match(pattern, consume = true) {
    const found = this.line.slice(this.pos).match(pattern);
    if (found && found.index > 0) return null;
    if (found && consume) this.pos += found[0].length;
    return found;
  }
}

globalThis.window = {};
eval(readFileSync(process.argv[2], 'utf8'));
const registry = {};
const shared = {
  '@jupyterlab/codemirror': { IEditorLanguageRegistry: registry },
  '@codemirror/language': {
    StreamLanguage: { define: parser => parser },
    LanguageSupport: class { constructor(parser) { this.parser = parser; } },
  },
};
const scope = Object.fromEntries(
  Object.entries(shared).map(([name, module]) => [name, { '1.0.0': { get: async () => () => module } }]));
const container = window._JUPYTERLAB['octet-language'];
container.init(scope);
const plugin = (await container.get('./extension'))().default;
if (plugin.requires[0] !== registry) throw new Error('the registry of languages is not asked for');
let language;
plugin.activate(null, { addLanguage: added => { language = added; } });
const { parser } = await language.load();
const state = parser.startState();
const tokens = [];
for (const line of readFileSync(0, 'utf8').split('\n')) {
  const stream = new Stream(line);
  while (!stream.eol()) {
    stream.start = stream.pos;
    const colour = parser.token(stream, state);
    if (stream.pos === stream.start) throw new Error(`no progress at ${line.slice(stream.pos)}`);
    if (colour) tokens.push([line.slice(stream.start, stream.pos), colour]);
  }
}
console.log(JSON.stringify({ name: language.name, mime: language.mime, tokens }));
