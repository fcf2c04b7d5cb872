"""How colours are seen: contrast as WCAG 2 counts it, distance in CIELAB, and what the colour-blind see.

Sources: WCAG 2.2, "relative luminance" and "contrast ratio"; CIE 15 for CIELAB under D65; the matrices of full
protanopia, deuteranopia and tritanopia for linear RGB of Machado, Oliveira and Fernandes, "A Physiologically-based
Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009).
"""

from itertools import starmap
from math import dist

from rich.color import Color, ColorSystem
from rich.style import Style

Triplet = tuple[float, float, float]

VISIONS: dict[str, tuple[Triplet, Triplet, Triplet]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_TO_XYZ = (
    (0.4123908, 0.3575843, 0.1804808),
    (0.2126390, 0.7151687, 0.0721923),
    (0.0193308, 0.1191948, 0.9505322),
)
_WHITE = (0.9504559, 1.0, 1.0890578)


def linear(colour: Color) -> Triplet:
    """Linear light of a colour, each channel 0 to 1; the usual palette's where it is one of the terminal's own."""
    red, green, blue = (_linear(part / 255) for part in colour.get_truecolor())
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: Color) -> float:
    """Relative luminance, 0 black to 1 white."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def distance(one: Color, other: Color, vision: str = "usual") -> float:
    """How far apart two colours look: the Euclidean distance in CIELAB, of which 2.3 is just noticeable."""
    return dist(_lab(one, vision), _lab(other, vision))


def _lab(colour: Color, vision: str) -> Triplet:
    seen = [min(max(_dot(row, linear(colour)), 0.0), 1.0) for row in VISIONS[vision]]
    x, y, z = starmap(_root, zip((_dot(row, (seen[0], seen[1], seen[2])) for row in _TO_XYZ), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float, white: float) -> float:
    share = value / white
    return float(share ** (1 / 3)) if share > (6 / 29) ** 3 else share / (3 * (6 / 29) ** 2) + 4 / 29


def _dot(one: Triplet, other: Triplet) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def foreground(style: Style) -> Color:
    assert style.color is not None
    return style.color


def background(style: Style) -> Color:
    assert style.bgcolor is not None
    return style.bgcolor


def in_256(colour: Color) -> Color:
    """The colour as a terminal of 256 colours gets it."""
    return colour.downgrade(ColorSystem.EIGHT_BIT)
