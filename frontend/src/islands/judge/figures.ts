/** Exact figures, as the server counts them: a whole numerator over a whole denominator, never a float. Pure. */

export interface Figure {
  readonly top: bigint;
  /** above nought */
  readonly bottom: bigint;
}

const DECIMAL = /^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$/;
const ZERO = BigInt(0);
const TEN = BigInt(10);
export const NOUGHT: Figure = { top: ZERO, bottom: BigInt(1) };

/** Full-width digits become plain, as on the server. */
export function clean(text: string): string {
  return text.normalize("NFKC").trim().slice(0, 40);
}

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** A plain decimal, or `p/q` where the rules have a figure that no decimal writes. */
export function parse(text: string): Figure {
  const [over, under] = text.split("/");
  if (under !== undefined) return { top: BigInt(over ?? 0), bottom: BigInt(under) };
  const [whole, rest = ""] = text.split(".");
  return { top: BigInt((whole ?? "") + rest), bottom: TEN ** BigInt(rest.length) };
}

export function add(one: Figure, other: Figure): Figure {
  return { top: one.top * other.bottom + other.top * one.bottom, bottom: one.bottom * other.bottom };
}

export function times(one: Figure, other: Figure): Figure {
  return { top: one.top * other.top, bottom: one.bottom * other.bottom };
}

export function below(one: Figure, other: Figure): boolean {
  return one.top * other.bottom < other.top * one.bottom;
}

/** Whether it needs no more than so many places. */
export function fits(value: Figure, decimals: number): boolean {
  return (value.top * TEN ** BigInt(decimals)) % value.bottom === ZERO;
}

export function isMultiple(value: Figure, grain: Figure): boolean {
  return (value.top * grain.bottom) % (value.bottom * grain.top) === ZERO;
}

/** How many whole grains there are in it, rounded down. */
export function grains(value: Figure, grain: Figure): bigint {
  const [over, under] = [value.top * grain.bottom, value.bottom * grain.top];
  return over / under - (over % under !== ZERO && over < ZERO ? BigInt(1) : ZERO);
}

/** 86.5; or 173/3 where it does not end. */
export function show(value: Figure): string {
  const common = divisor(value.top < ZERO ? -value.top : value.top, value.bottom);
  const [top, bottom] = [value.top / common, value.bottom / common];
  let places = 0;
  for (; TEN ** BigInt(places) % bottom !== ZERO; places += 1) if (places > 36) return `${String(top)}/${String(bottom)}`;
  const digits = String((top < ZERO ? -top : top) * (TEN ** BigInt(places) / bottom)).padStart(places + 1, "0");
  const text = places > 0 ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return top < ZERO ? `-${text}` : text;
}

function divisor(one: bigint, other: bigint): bigint {
  let [big, small] = [one, other];
  while (small !== ZERO) [big, small] = [small, big % small];
  return big;
}
