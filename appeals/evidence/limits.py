"""How much one file may ask of us. A real scan stays far below each of these."""

#: The file itself, in bytes.
BYTES = 48 * 1024 * 1024
#: Pages of one document.
PAGES = 100
#: Pixels of one page as it is stored: an A3 sheet at 600 dots per inch has 70 million.
PIXELS = 75_000_000
#: The longer side of a public page, in pixels.
SIDE = 2400
#: The widths in pixels in which such a page comes besides its own. One that was ever used stays
#: here: when a page goes, the files of these widths go with it.
WIDTHS = (320, 640, 960)
#: How finely a PDF's page is drawn, in dots per inch, where its side allows.
DPI = 200
#: Time for reading one file, in seconds.
SECONDS = 240
#: Memory for reading it, in bytes.
MEMORY = 2 * 1024**3
