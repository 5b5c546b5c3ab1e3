// Compiles the SIMD kernels to WebAssembly and writes them, as base64, into src/kernels/simd/module.ts.
//   node scripts/kernels.mjs            needs the compiler: npm install --no-save assemblyscript@0.28.20
//   node scripts/kernels.mjs --check    says whether the committed module is what the sources give
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, runTool } from './_project.mjs';

const source = join(root, 'src/kernels/simd/assembly/index.ts');
const target = join(root, 'src/kernels/simd/module.ts');
/** The version whose output is committed: another one gives other bytes. */
const compiler = '0.28.20';

/** Whether the compiler is installed in the version that the committed module was made with. */
export function hasCompiler() {
  const manifest = join(root, 'node_modules/assemblyscript/package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === compiler;
}

/** The text of module.ts as the sources give it. */
export function compiledModule() {
  const folder = mkdtempSync(join(tmpdir(), 'lossprobe-kernels-'));
  try {
    const out = join(folder, 'kernels.wasm');
    const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--initialMemory', '64'];
    const result = runTool('assemblyscript', [source, ...options, '-o', out]);
    if (result.status !== 0) throw new Error(result.output);
    const bytes = readFileSync(out).toString('base64');
    return `// Generated from src/kernels/simd/assembly by scripts/kernels.mjs; do not edit.\n\n/** The SIMD kernels as a WebAssembly module, in base64. */\nexport const wasm =\n  '${bytes}';\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether the committed module is what the sources give. */
export function isCurrent() {
  return readFileSync(target, 'utf8') === compiledModule();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!hasCompiler()) {
    process.stderr.write(`the compiler is not installed; run npm install --no-save assemblyscript@${compiler}\n`);
    process.exit(2);
  }
  if (process.argv.includes('--check')) {
    if (isCurrent()) process.exit(0);
    process.stderr.write('src/kernels/simd/module.ts is not what its sources give; run npm run build:kernels\n');
    process.exit(1);
  }
  writeFileSync(target, compiledModule());
}
