// Loads the bundle without compiling it: that would be a third of a small run.
const { readFileSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const folder = join(__dirname, '../dist/bundle');
const modules = new Map();

const head = Buffer.from('(function(exports,require,module,__filename,__dirname){');
const tail = Buffer.from('\n})');

/** The scripts that were loaded, by path; scripts/code-cache.mjs keeps what V8 made of them. */
const scripts = new Map();

/** What a file of the bundle exports. From Node 22.1 on, Node itself keeps compiled code for the next run. */
function load(name) {
  const path = join(folder, name);
  if (enableCompileCache === undefined) return loadCompiled(path);
  enableCompileCache();
  return require(path);
}

/** The same with the code that came with the bundle. V8 refuses what another version made, and compiles as usual. */
function loadCompiled(path) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(path, module);
  // The bundler writes ASCII.
  const text = Buffer.concat([head, readFileSync(path), tail]).latin1Slice();
  const script = new Script(text, { filename: path, cachedData: compiledCode(path) });
  scripts.set(path, script);
  const own = (id) => (id.startsWith('./') ? loadCompiled(join(folder, id)) : require(id));
  script.runInThisContext()(module.exports, own, module, path, dirname(path));
  return module.exports;
}

function compiledCode(path) {
  try {
    return readFileSync(`${path}.cache`);
  } catch {
    return undefined;
  }
}

/**
 * V8 optimises functions as if they ran for minutes; most of that comes too late for a run of a second, and is a tenth of its
 * processor time. It also gives new objects more and more room, up to 30 MB, where what is made here is dropped at once. To be called
 * when the code of a command is there: what was compiled beforehand has to find the flags that it was compiled with.
 */
function expectShortRun() {
  if (!process.versions.node.startsWith('20.')) return;
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--interrupt-budget=300000');
  setFlagsFromString('--semi-space-growth-factor=1');
}

module.exports = { load, expectShortRun, scripts };
