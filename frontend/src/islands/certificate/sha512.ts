/** SHA-512 in plain script: a page opened from a disk has no crypto.subtle. Messages are short. */

const BITS = 64n;
const MASK = (1n << BITS) - 1n;

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n += 1n) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

/** The whole part of the root of that degree, by Newton's steps from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

/* The constants are the first 64 bits of the fractional parts of the roots of the first primes. */
const K = primes(80).map((prime) => root(prime << (3n * BITS), 3n) & MASK);
const START = primes(8).map((prime) => root(prime << (2n * BITS), 2n) & MASK);

const turn = (x: bigint, n: bigint): bigint => (x >> n) | ((x << (BITS - n)) & MASK);

function pad(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((data.length + 17) / 128) * 128);
  padded.set(data);
  padded[data.length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, data.length * 8);
  return padded;
}

function schedule(block: DataView): bigint[] {
  const w: bigint[] = [];
  for (let i = 0; i < 16; i += 1) w.push((BigInt(block.getUint32(8 * i)) << 32n) | BigInt(block.getUint32(8 * i + 4)));
  for (let i = 16; i < 80; i += 1) {
    const a = w[i - 15]!;
    const b = w[i - 2]!;
    const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n);
    const s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n);
    w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & MASK);
  }
  return w;
}

function mix(state: bigint[], w: bigint[]): bigint[] {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let i = 0; i < 80; i += 1) {
    const t1 = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & MASK & g)) + K[i]! + w[i]!;
    const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
  }
  return [a, b, c, d, e, f, g, h].map((value, i) => (value + state[i]!) & MASK);
}

export function sha512(data: Uint8Array): Uint8Array {
  const padded = pad(data);
  let state = START;
  for (let at = 0; at < padded.length; at += 128) state = mix(state, schedule(new DataView(padded.buffer, at, 128)));
  const digest = new Uint8Array(64);
  state.forEach((value, i) => {
    for (let byte = 0; byte < 8; byte += 1) digest[8 * i + byte] = Number((value >> BigInt(56 - 8 * byte)) & 0xffn);
  });
  return digest;
}
