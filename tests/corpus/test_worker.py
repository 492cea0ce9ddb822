"""A file that crashes, hangs or swallows memory costs that file and nothing else."""

import os
import pickle
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import UnreadableFile
from corpus.worker import CAN_LIMIT_MEMORY, Limits, Worker, is_plain


@pytest.fixture(scope="module")
def worker():
    with Worker(Limits(seconds=60)) as worker:
        yield worker


def swallow(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def refuse(file: str) -> None:
    raise UnreadableFile(file, "it is not to be read")


def test_what_kills_the_worker_costs_one_file(worker):
    with pytest.raises(UnreadableFile, match=r"'a\.pdf'.*crashed \(SIGABRT\)"):
        worker.call(os.abort, file="a.pdf")
    assert worker.call(len, "abc", file="b.pdf") == 3


def test_one_worker_serves_file_after_file(worker):
    assert worker.call(os.getpid, file="a") == worker.call(os.getpid, file="b") != os.getpid()


def test_errors_come_back_as_they_were(worker):
    with pytest.raises(UnreadableFile, match=r"'c\.pdf' cannot be read: it is not to be read") as caught:
        worker.call(refuse, "c.pdf", file="c.pdf")
    assert (caught.value.file, caught.value.reason) == ("c.pdf", "it is not to be read")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_threads_take_turns(worker):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda number: worker.call(abs, -number, file="a"), range(20))) == list(range(20))


def test_what_hangs_is_ended():
    with Worker(Limits(seconds=0.1)) as worker, pytest.raises(UnreadableFile, match=r"longer than 0\.1 seconds"):
        worker.call(time.sleep, 60, file="a.pdf")


@pytest.mark.skipif(not CAN_LIMIT_MEMORY, reason="this system cannot limit memory")
def test_what_swallows_memory_is_refused():
    with Worker(Limits(seconds=60, memory_mb=2048)) as worker:
        with pytest.raises(UnreadableFile, match="more than 2048 MB"):
            worker.call(swallow, 4096, file="a.pdf")
        assert worker.call(swallow, 1, file="b.pdf") == 1 << 20


def test_a_worker_is_replaced_after_so_many_files():
    with Worker(Limits(files=1)) as worker:
        assert worker.call(os.getpid, file="a") != worker.call(os.getpid, file="b")


@pytest.mark.parametrize(
    ("name", "data", "plain"),
    [
        ("a.txt", "报告".encode(), True), ("a.MD", b"# a", True), ("a", b"text", True), ("a.html", b"<p>", False),
        ("a.txt", b"%PDF-1.7", False), ("a.pdf", b"text", False), ("a.txt", b"a\x00b", False),
    ],
)  # fmt: skip
def test_only_plain_text_is_read_in_this_process(tmp_path, name, data, plain):
    path = tmp_path / name
    path.write_bytes(data)
    assert is_plain(path) is plain


def test_a_missing_file_is_named_at_once(tmp_path):
    with Worker() as worker, pytest.raises(UnreadableFile, match="no such file"):
        worker.read_report(tmp_path / "no.txt", "no.txt")
