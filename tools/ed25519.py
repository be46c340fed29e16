"""Ed25519 signature verification (RFC 8032, section 5.1) with the standard library only.

Verification handles public data, so nothing here tries to run in constant time, and there is no
signing. Points are extended homogeneous coordinates ``(X, Y, Z, T)`` with ``x = X/Z``,
``y = Y/Z`` and ``x*y = T/Z`` on the curve ``-x^2 + y^2 = 1 + d*x^2*y^2`` over the field of
``P`` elements.
"""

from hashlib import sha512

P = 2**255 - 19
# The order of the base point's group.
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)

KEY_BYTES = 32
SIGNATURE_BYTES = 64

Point = tuple[int, int, int, int]

NEUTRAL: Point = (0, 1, 1, 0)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) is of ``message`` under ``public`` (32 bytes).

    The cofactorless equation: the encoding of ``S*B - k*A`` must be the signature's first half,
    byte for byte, and ``S`` must be below the group's order, so no signature has a second form.
    """
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key = _decode(public)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= L:
        return False
    digest = sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % L
    expected = _add(_multiply(scalar, BASE), _multiply(challenge, _negate(key)))
    return _encode(expected) == signature[:32]


def _add(p: Point, q: Point) -> Point:
    """The complete addition law of RFC 8032, section 5.1.4; it doubles as well."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _negate(p: Point) -> Point:
    return (-p[0] % P, p[1], p[2], -p[3] % P)


def _multiply(scalar: int, point: Point) -> Point:
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _encode(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decode(data: bytes) -> Point | None:
    """The point of a 32-byte encoding, or None where there is none (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _recover_x(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    if x == 0 and sign:
        return None
    return x if x & 1 == sign else P - x


def _base() -> Point:
    y = 4 * pow(5, P - 2, P) % P
    x = _recover_x(y, 0) or 0
    return (x, y, 1, x * y % P)


BASE: Point = _base()
