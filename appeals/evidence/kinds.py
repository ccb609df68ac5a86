"""What a file is, by its first bytes; its name is only a claim."""

from pathlib import PurePath

JPEG, PNG, TIFF, HEIC, PDF = "JPEG", "PNG", "TIFF", "HEIC", "PDF"

BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"%PDF-", PDF),
)
#: The brands of HEIF whose pictures are coded as HEVC, or may be.
BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}

SUFFIXES = {
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".png": PNG,
    ".tif": TIFF,
    ".tiff": TIFF,
    ".heic": HEIC,
    ".heif": HEIC,
    ".pdf": PDF,
}


class Refused(Exception):
    """A file that is not read, with the reason's name and what its sentence needs."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def kind_of(head: bytes) -> str:
    """Return the kind of file that begins so.

    Raises:
        Refused: it is none that we read.
    """
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        return HEIC
    raise Refused("empty" if not head else "unknown")


def check_name(name: str, kind: str) -> None:
    """Refuse a file whose name claims that it is something else."""
    suffix = PurePath(name).suffix.lower()
    if suffix and SUFFIXES.get(suffix) != kind:
        raise Refused("misnamed", suffix=suffix, kind=kind)
