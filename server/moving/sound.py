"""Whether a recording that somebody brings is one: Ogg pages from its first byte to its last, one
stereo stream of Opus, and packets that have a length."""

from __future__ import annotations

import struct
from pathlib import Path

from server.recordings import opus

# A week of silence, or a day and nine hours of sound in packets of 20 ms.
MOST_PACKETS = 6_000_000
_HEADER = struct.Struct("<4sBBqIIIB")
_BEGINS = 0x02
_HEAD = b"OpusHead\x01\x02"


def length_ms(path: Path) -> int:
    """How long the recording is. Raises NotOpus, saying what is wrong. Reads all of it."""
    _check_pages(path)
    samples = 0
    for count, packet in enumerate(opus.packets(path), start=1):
        if count > MOST_PACKETS:
            raise opus.NotOpus(f"it holds more than {MOST_PACKETS} packets")
        samples += packet.samples
    return samples * 1000 // opus.RATE


def _check_pages(path: Path) -> None:
    """A reader of Ogg looks for the next page past whatever is in between: nothing may be."""
    size = path.stat().st_size
    at = pages = 0
    serial = None
    with path.open("rb") as file:
        while at < size:
            header = file.read(_HEADER.size)
            if len(header) < _HEADER.size:
                raise opus.NotOpus("it is cut")
            mark, version, flags, _, stream, number, _, count = _HEADER.unpack(header)
            if mark != b"OggS" or version != 0:
                raise opus.NotOpus(f"there is no page of Ogg at byte {at}")
            if serial is None:
                serial = stream
            begins = bool(flags & _BEGINS)
            if stream != serial or number != pages or begins != (pages == 0):
                raise opus.NotOpus(f"the page at byte {at} does not follow from the one before it")
            lengths = file.read(count)
            length = sum(lengths)
            if pages == 0 and not file.read(length).startswith(_HEAD):
                raise opus.NotOpus("it does not begin as stereo Opus does")
            at += _HEADER.size + count + length
            pages += 1
            file.seek(at)
    if at != size or not pages:
        raise opus.NotOpus("it is cut")
