"""What the package itself offers."""

from __future__ import annotations

import pytest

import smdi


def test_a_notebook_finds_rerun_in_the_package_and_nothing_else() -> None:
    from smdi.publishing.comparing import in_notebook

    assert smdi.rerun is in_notebook.rerun
    with pytest.raises(AttributeError, match=r"^module 'smdi' has no attribute 'other'$"):
        _ = smdi.other
