import { widenHalf as scalarWiden } from '../scalar/half.ts';
import { engineAt, returnEngine, takeEngine } from './engine.ts';

/** Codes that go to the memory of an engine at a time. */
const most = 32_768;

/** Writes the value of every float16 code of `codes` to the same index of `into`, whose upper half may be the codes: see the scalar kernel. */
export function widenHalf(codes: Uint16Array, into: Float32Array): void {
  const own = codes.buffer === into.buffer ? engineAt(into) : undefined;
  if (own !== undefined) {
    own.run.widenHalf(codes.byteOffset, into.byteOffset, codes.length);
    return;
  }
  const engine = takeEngine();
  const values = engine?.singles(most);
  if (engine === null || values === undefined) {
    scalarWiden(codes, into);
    return;
  }
  const room = new Uint16Array(values.buffer, values.byteOffset + 2 * most, most);
  for (let at = 0; at < codes.length; at += most) {
    const run = codes.subarray(at, at + most);
    room.set(run);
    engine.run.widenHalf(room.byteOffset, values.byteOffset, run.length);
    into.set(values.subarray(0, run.length), at);
  }
  returnEngine(engine);
}
