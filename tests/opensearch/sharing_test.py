"""Several archives and several readers on one cluster."""

import threading
from collections.abc import Callable
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.settings import Settings
from index.store.commit import prepare
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import indexed, keep, tagged


def test_two_archives_are_indexed_at_a_time_and_two_readers_answer_alike(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    both = [settings_of(tmp_path / name) for name in ("one", "two")]
    for number, made in enumerate(both):
        prepare(made.data_dir)
        with Archive(made.data_dir / FILE_NAME) as archive:
            keep(archive, (tagged(one) for one in range(200 + number)))
    writers = [threading.Thread(target=indexed, args=(made,)) for made in both]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    readers = [Searcher(both[0].data_dir, both[0]) for _ in range(2)]
    other = Searcher(both[1].data_dir, both[1])
    request = SearchRequest(q="oak ashes", size=7, facets=("person", "date"))
    first, second = (reader.ask(request) for reader in readers)
    assert first.total == second.total == 200
    assert [hit.article.id for hit in first.hits] == [hit.article.id for hit in second.hits]
    assert first.next == second.next
    following = readers[1].ask(SearchRequest(q="oak ashes", size=7, cursor=first.next), fixed=True)
    assert not {hit.article.id for hit in following.hits} & {hit.article.id for hit in first.hits}
    assert other.ask(request).total == 201
    for searcher in (*readers, other):
        searcher.close()
