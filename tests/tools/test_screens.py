"""The guides' pictures: each that a guide names is there and in the script, and none is idle."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PIL import Image

REPO = Path(__file__).resolve().parents[2]
sys.path.append(str(REPO / "tools"))  # as the script itself runs

from picturing import guides, house  # noqa: E402

GUIDES = REPO / "docs" / "guides"
PICTURES = GUIDES / "pictures"
SHOTS = {shot.name: shot for shot in guides.SHOTS}
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
LARGEST, ALL_TOGETHER = 250_000, 4_000_000


def shown(language: str) -> dict[str, list[tuple[str, str]]]:
    """By the guide's name its pictures: alternative text and path."""
    return {
        guide.stem: [
            (one["alt"], one["path"]) for one in _PICTURE.finditer(guide.read_text("utf-8"))
        ]
        for guide in sorted((GUIDES / language).glob("*.md"))
    }


ZH, EN = shown("zh"), shown("en")
NAMED = {Path(path).stem for guide in (*ZH.values(), *EN.values()) for _alt, path in guide}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_picture_that_a_guide_shows_is_there_at_its_size(name):
    with Image.open(PICTURES / f"{name}.png") as picture:
        assert picture.size == guides.SIZES[SHOTS[name].size]


def test_the_script_takes_what_the_guides_show_and_nothing_else():
    assert set(SHOTS) == NAMED
    assert len(SHOTS) == len(guides.SHOTS)
    assert {file.stem for file in PICTURES.glob("*")} == NAMED


def test_each_role_has_its_pictures():
    assert set(ZH) == set(EN)
    assert {guide for guide, pictures in ZH.items() if len(pictures) < 2} == set()
    assert {guide for guide, pictures in EN.items() if not pictures} == set()


def test_a_picture_is_named_from_beside_the_guides_and_said_in_words():
    for language, pictures in (("zh", ZH), ("en", EN)):
        for guide, found in pictures.items():
            for alt, path in found:
                assert path.startswith("../pictures/"), (language, guide, path)
                assert len(alt) >= 8, (language, guide, path)
                assert bool(re.search("[一-鿿]", alt[:4])) == (language == "zh"), (guide, alt)


def test_the_pictures_stay_small():
    sizes = {file.name: file.stat().st_size for file in PICTURES.glob("*.png")}
    assert {name for name, size in sizes.items() if size > LARGEST} == set()
    assert sum(sizes.values()) < ALL_TOGETHER


def test_the_names_of_the_house_s_own_pictures_are_unique():
    names = [shot.name for shot in house.SHOTS]
    assert len(set(names)) == len(names)
