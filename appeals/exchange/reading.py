"""Reading a file that some tool made, whichever of the formats it is."""

from dataclasses import replace

from django.utils.translation import gettext as _

from appeals.exchange import tmx, xliff, xliff2
from appeals.exchange.parcel import Parcel, Unreadable
from appeals.exchange.parsing import name_of, parse


def read(data: bytes, language: str = "") -> Parcel:
    """Return what a file of XLIFF 1.x, XLIFF 2.x or TMX holds, in any encoding.

    Args:
        language: the one to take from a memory of several.

    Raises:
        Unreadable: it is none of these, holds nothing, or is hostile.
    """
    root = parse(data)
    name, version = name_of(root), root.get("version", "")
    if name == "xliff" and version.startswith("1."):
        parcels = xliff.read(root)
    elif name == "xliff" and version.startswith("2."):
        parcels = xliff2.read(root)
    elif name == "tmx":
        parcels = tmx.read(root, language)
    else:
        raise Unreadable(_("This is neither XLIFF 1.2 or 2.x nor TMX."))
    return whole(parcels)


def whole(parcels: list[Parcel]) -> Parcel:
    """Return the file elements of one file as one parcel.

    Raises:
        Unreadable: they are of several appeals or languages, or hold no passage.
    """
    units = [unit for parcel in parcels for unit in parcel.units]
    if not units:
        raise Unreadable(_("There is no passage in this file, or none in this language."))
    about = {(parcel.appeal, parcel.target_language.lower()) for parcel in parcels}
    if len(about) > 1:
        raise Unreadable(_("The file is of several appeals or languages: send one at a time."))
    return replace(parcels[0], units=units)
