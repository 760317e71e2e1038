"""Of what can be told in several ways the loss counts the values of one."""

from smdi.disclosure.catalogue import Asked, Recorder, cells_of
from smdi.indicators.cells import Cell

WHOLE = Cell("assessed", 2021)
PARTS = [WHOLE.narrowed({"province": [code]}) for code in ("110000", "540000")]
# Each part may be told by itself or in its whole, which another table tells too.
CHOICES = [(((part,),), ((WHOLE,),)) for part in PARTS]
ASKED = Asked([(WHOLE,), *((part,) for part in PARTS)], CHOICES)


def told(*hidden: Cell) -> list[Cell]:
    return [cell for (cell,) in ASKED.told(lambda value: not set(value) & set(hidden))]


def test_what_can_be_told_by_itself_is():
    assert told() == [WHOLE, *PARTS]


def test_what_is_told_in_its_whole_is_not_counted_and_the_whole_once():
    assert told(PARTS[1]) == [WHOLE, PARTS[0]]


def test_what_cannot_be_told_in_its_whole_either_counts_as_withheld():
    assert told(WHOLE, PARTS[1]) == [WHOLE, *PARTS]


def test_all_ways_are_decided_and_what_is_asked_for_but_once():
    recorder = Recorder()
    recorder.ask([PARTS[0]])
    assert recorder.finest([[(PARTS[0],)], [(WHOLE,)]]) == 0
    assert cells_of(Asked(list(recorder.asked), list(recorder.choices))) == [PARTS[0], WHOLE]


def test_who_writes_down_what_is_asked_grants_it_whole():
    recorder = Recorder()
    assert recorder.ask([WHOLE]) is True
    assert recorder.knows([PARTS[0]]) is True
    assert recorder.decimals is None
    assert list(recorder.asked) == [(WHOLE,)], "what only a rank is made of is not printed"
