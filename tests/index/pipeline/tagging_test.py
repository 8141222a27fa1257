import json
from pathlib import Path

import pytest

from index.pipeline.tagging import tag_stream
from index.read.options import ReadOptions
from index.settings import Settings
from index.types import Rejected, Tagged
from tests.index.pipeline.fakes import STAGES


@pytest.mark.parametrize("jobs", [1, 2])
def test_articles_come_tagged_in_the_order_of_the_input_and_nothing_is_kept(tmp_path: Path, jobs: int) -> None:
    paths = []
    for name in ("a", "b", "c"):
        path = tmp_path / name
        lines = [json.dumps({"id": f"{name}{number}", "text": "Then Ann Lee spoke."}) for number in range(100)]
        path.write_text("\n".join([*lines, "broken"]))
        paths.append(path)
    settings = Settings(jobs=jobs, data_dir=tmp_path / "data")
    results = list(tag_stream(paths, settings=settings, options=ReadOptions(), stages=STAGES))
    assert [one.article.id for one in results if isinstance(one, Tagged)] == [
        f"{name}{number}" for name in "abc" for number in range(100)
    ]
    assert [one.source for one in results if isinstance(one, Rejected)] == [f"{path}:101" for path in paths]
    assert isinstance(results[0], Tagged)
    assert [mention.value for mention in results[0].mentions] == ["Ann Lee"]
    assert not (tmp_path / "data").exists()


def test_a_stream_may_be_left_before_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("\n".join(json.dumps({"id": str(number), "text": ""}) for number in range(5_000)))
    stream = tag_stream([path], settings=Settings(jobs=2), options=ReadOptions(), stages=STAGES)
    assert isinstance(next(stream), Tagged)
    stream.close()  # type: ignore[attr-defined]
