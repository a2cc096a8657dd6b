// Octet's command language for CodeMirror, as a prebuilt JupyterLab extension.
//
// JupyterLab loads an extension as a module federation container: an object with `init`, which is given the modules that the
// page shares, and `get`, which gives the factory of a module. This is one written by hand, so that nothing has to be built.
(() => {
  'use strict';

  const SUBJECTS = new Set(@SUBJECTS@);
  const VERBS = new Set(@VERBS@);
  const CHOICES = new Map(Object.entries(@CHOICES@));
  const WORD = /^[\p{L}_][\p{L}\p{N}_]*/u;
  const NUMBER = /^[-+]?\d[\d_]*(?:(?:x\d+)|(?:\.\.[-+]?\d+)|(?:(?:\.\d+)?(?:[eE][-+]?\d+)?(?:%|[a-zA-Z]+)?))/;

  /** What of a line's beginning decides how its words are coloured. */
  function startState() {
    return { depth: 0, expects: 'statement', indent: 0, label: null, quote: null, verb: null };
  }

  /** The colour of a text in quotes, which may go on in the next line. */
  function string(stream, state) {
    let isEscaped = false;
    while (!stream.eol()) {
      const character = stream.next();
      if (character === state.quote && !isEscaped) {
        state.quote = null;
        break;
      }
      isEscaped = !isEscaped && character === '\\';
    }
    if (stream.eol()) state.quote = null;
    return 'string';
  }

  function word(text, stream, state) {
    const expected = state.expects;
    const isLabel = stream.match(/^\s*:/, false);
    state.expects = 'argument';
    if (isLabel) {
      state.label = text;
      return 'propertyName';
    }
    if (text === 'true' || text === 'false') return 'bool';
    if (text === 'and' || text === 'or') return 'operatorKeyword';
    if (expected === 'statement') {
      if (stream.match(/^\s*=(?!=)/, false)) return 'variableName.definition';
      if (VERBS.has(text)) {
        state.verb = text;
        state.expects = 'subject';
        return 'keyword';
      }
    }
    if ((expected === 'subject' || state.verb === 'help') && SUBJECTS.has(text)) return 'keyword';
    if (state.verb === 'help' && VERBS.has(text)) return 'keyword';
    const choices = expected === 'value' ? CHOICES.get(state.label) || [] : [];
    return choices.includes(text) ? 'atom' : 'variableName';
  }

  function token(stream, state) {
    if (stream.sol()) {
      const indent = stream.indentation();
      if (state.depth === 0 && (state.expects === 'statement' || indent <= state.indent)) {
        state.expects = 'statement';
        state.verb = null;
        state.indent = indent;
      }
    }
    if (state.quote) return string(stream, state);
    if (stream.eatSpace()) return null;
    const next = stream.peek();
    if (next === '#') {
      stream.skipToEnd();
      return 'comment';
    }
    if (next === '"' || next === "'") {
      state.quote = stream.next();
      state.expects = 'argument';
      return string(stream, state);
    }
    if (stream.match(NUMBER)) {
      if (state.expects !== 'value' || state.depth === 0) state.expects = 'argument';
      return 'number';
    }
    const match = stream.match(WORD);
    if (match) return word(match[0], stream, state);
    stream.next();
    switch (next) {
      case ';':
        state.expects = 'statement';
        state.verb = null;
        return 'separator';
      case '=':
        if (state.verb === null && state.depth === 0 && stream.peek() !== '=') {
          state.expects = 'statement';
          return 'definitionOperator';
        }
        stream.eat('=');
        return 'compareOperator';
      case '<':
      case '>':
      case '!':
        stream.eat('=');
        return 'compareOperator';
      case ':':
        state.expects = 'value';
        return 'punctuation';
      case '[':
      case '(':
        state.depth += 1;
        return 'bracket';
      case ']':
      case ')':
        state.depth = Math.max(0, state.depth - 1);
        state.expects = 'argument';
        return 'bracket';
      case ',':
        state.expects = 'value';
        return 'separator';
      default:
        return null;
    }
  }

  const parser = {
    name: 'octet',
    startState,
    copyState: state => ({ ...state }),
    token,
    languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '[', '"', "'"] } }
  };

  let shared = null;

  /** One of the modules that the page shares. */
  async function sharedModule(name) {
    const versions = Object.values((shared && shared[name]) || {});
    if (versions.length === 0) throw new Error(`octet-language: the page does not share ${name}`);
    const loaded = versions.find(version => version.loaded) || versions[0];
    return (await loaded.get())();
  }

  async function extension() {
    const { IEditorLanguageRegistry } = await sharedModule('@jupyterlab/codemirror');
    const plugin = {
      id: 'octet-language:plugin',
      description: "Colours Octet's command language.",
      autoStart: true,
      requires: [IEditorLanguageRegistry],
      activate: (_, languages) => {
        languages.addLanguage({
          name: 'octet',
          displayName: 'Octet',
          alias: ['octet'],
          mime: 'text/x-octet',
          extensions: ['octet'],
          load: async () => {
            const { LanguageSupport, StreamLanguage } = await sharedModule('@codemirror/language');
            return new LanguageSupport(StreamLanguage.define(parser));
          }
        });
      }
    };
    return () => ({ __esModule: true, default: plugin });
  }

  const container = {
    init: scope => {
      shared = scope;
    },
    get: async module => {
      if (module !== './extension') throw new Error(`octet-language: there is no module ${module}`);
      return extension();
    }
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['octet-language'] = container;
})();
