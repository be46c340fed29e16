/**
 * Ed25519 verification (RFC 8032, 5.1) in plain script, as tools/ed25519.py does it: public data only,
 * so nothing tries to run in constant time, and there is no signing. Points are (X, Y, Z, T).
 */

import { sha512 } from "./sha512";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

type Point = readonly [bigint, bigint, bigint, bigint];

const mod = (value: bigint): bigint => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const invert = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121665n * invert(121666n));
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n);
const NEUTRAL: Point = [0n, 1n, 1n, 0n];

/** The complete addition law; it doubles as well. */
function add(p: Point, q: Point): Point {
  const a = mod((p[1] - p[0]) * (q[1] - q[0]));
  const b = mod((p[1] + p[0]) * (q[1] + q[0]));
  const c = mod(2n * p[3] * q[3] * D);
  const d = mod(2n * p[2] * q[2]);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function multiply(scalar: bigint, point: Point): Point {
  let result = NEUTRAL;
  let doubled = point;
  for (let left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
}

function fromLittle(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at]!);
  return value;
}

function encode(point: Point): bigint {
  const inverse = invert(point[2]);
  const x = mod(point[0] * inverse);
  return mod(point[1] * inverse) | ((x & 1n) << 255n);
}

function recoverX(y: bigint, sign: bigint): bigint | null {
  const square = mod((y * y - 1n) * invert(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * SQRT_MINUS_ONE);
  if (mod(x * x - square) !== 0n || (x === 0n && sign === 1n)) return null;
  return (x & 1n) === sign ? x : P - x;
}

function decode(bytes: Uint8Array): Point | null {
  const value = fromLittle(bytes);
  const y = value & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const x = recoverX(y, value >> 255n);
  return x === null ? null : [x, y, 1n, mod(x * y)];
}

const BASE_Y = mod(4n * invert(5n));
const BASE_X = recoverX(BASE_Y, 0n) ?? 0n;
const BASE: Point = [BASE_X, BASE_Y, 1n, mod(BASE_X * BASE_Y)];

/** The cofactorless equation: S*B - k*A must encode to the signature's first half, and S be below L. */
export function verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const point = decode(key);
  const scalar = fromLittle(signature.subarray(32));
  if (point === null || scalar >= L) return false;
  const hashed = new Uint8Array(64 + message.length);
  hashed.set(signature.subarray(0, 32));
  hashed.set(key, 32);
  hashed.set(message, 64);
  const challenge = fromLittle(sha512(hashed)) % L;
  const negative: Point = [mod(-point[0]), point[1], point[2], mod(-point[3])];
  return encode(add(multiply(scalar, BASE), multiply(challenge, negative))) === fromLittle(signature.subarray(0, 32));
}
