"""Files made for the tests: whole ones, and ones that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
GPS = 0x8825


def picture(form="JPEG", size=(60, 40), **options) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, size[0], size[1]))
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def photo() -> bytes:
    """As a phone takes it: turned by 90 degrees, with the place it was taken at, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SpyCam"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (30.0, 40.0, 1.0)
    return picture(exif=exif, comment=b"secret remark")


def archive(entries: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in entries.items():
            # A fixed date: the bytes name tests, which every worker must call the same.
            made.writestr(zipfile.ZipInfo(name, (2022, 7, 20, 8, 0, 0)), content, method)
    return buffer.getvalue()


def office(part: str = "word/document.xml", **more: bytes) -> bytes:
    types = b'<?xml version="1.0"?><Types/>'
    return archive({"[Content_Types].xml": types, part: b"<document/>", **more})


def bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros in one thousandth."""
    return archive({"zeros.bin": bytes(megabytes * 1024 * 1024)})


def lying_bomb(megabytes: int) -> bytes:
    """The same, but directory and header claim ten bytes, with the checksum of ten."""
    made = bytearray(bomb(megabytes))
    claim = struct.pack("<I", 10)
    crc = struct.pack("<I", zlib.crc32(bytes(10)))
    made[14:18], made[22:26] = crc, claim
    start = made.index(b"PK\x01\x02")
    made[start + 16 : start + 20], made[start + 24 : start + 28] = crc, claim
    return bytes(made)


def overlapping() -> bytes:
    """Two names in the directory for one and the same content."""
    made = archive({"a.txt": b"x" * 1000})
    start, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = made[start:end]
    length = 2 * len(entry)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, length, start, 0)
    return made[:start] + entry + entry.replace(b"a.txt", b"b.txt") + tail


def flagged_encrypted() -> bytes:
    made = bytearray(archive({"a.txt": b"x"}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def film(*more: bytes) -> bytes:
    parts = [box(b"ftyp", b"isom\0\0\2\0isom"), box(b"moov", b"\0" * 40), box(b"mdat", b"\1" * 80)]
    return b"".join([*parts, *more])


def huge_png(width: int, height: int) -> bytes:
    """A header that claims so many pixels, over almost no data."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
