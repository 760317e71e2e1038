"""Colours can be told apart, also without seeing all colours, and letters on them can be read."""

from __future__ import annotations

import itertools

import pytest

from smdi.report import theme

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(colour, vision):
    seen = [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in VISION[vision]]
    red, green, blue = (min(max(part, 0), 1) for part in seen)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one, other, vision):
    return (
        sum((a - b) ** 2 for a, b in zip(lab(one, vision), lab(other, vision), strict=True)) ** 0.5
    )


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    "palette",
    [
        theme.LEVEL_COLOURS,
        theme.PAIR,
        theme.SUBJECT_AND_WHOLE,
        theme.BEFORE_AND_NOW,
        theme.MAP_CLASSES,
    ],
)
def test_neighbouring_colours_stay_apart_in_every_colour_vision(palette, vision):
    assert min(apart(a, b, vision) for a, b in itertools.pairwise(palette)) > 10


@pytest.mark.parametrize("palette", [theme.LEVEL_COLOURS, theme.MAP_CLASSES])
def test_higher_classes_are_darker(palette):
    light = [lab(colour, "normal")[0] for colour in palette]
    assert light == sorted(light, reverse=True)


def test_values_on_level_bars_can_be_read():
    for colour, letters in zip(theme.LEVEL_COLOURS, theme.LEVEL_TEXT_COLOURS, strict=True):
        assert theme.contrast(colour, letters) >= 4.5


@pytest.mark.parametrize("colour", theme.MAP_CLASSES)
def test_names_on_the_map_can_be_read(colour):
    assert theme.contrast(colour, theme.ink_on(colour)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
