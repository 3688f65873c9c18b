"""Whatever fails is one sentence in each language: what, where, the cure."""

import errno
import os

import pyarrow as pa
import pytest

from graph_model.errors import StoreError
from reports.faults import OS_WORDS, worded


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (OSError(errno.ENOSPC, "No space left", "/out/a.csv"), "/out/a.csv：磁盘已满", "/out/a.csv: the disk is full"),
        (OSError(errno.ENOSPC, "No space left"), "标准输出", "standard output"),
        (PermissionError(errno.EACCES, "denied", "a.csv"), "没有读写权限", "permission denied"),
        (OSError(errno.EIO, "Input/output error", "a.csv"), "Input/output error", "Input/output error"),
        (OSError("nothing said"), "nothing said", "nothing said"),
        (MemoryError(), "内存不够", "not enough memory"),
        (pa.ArrowInvalid("Parquet file size is 5\nmore"), "已损坏（Parquet file size is 5）", "damaged (Parquet"),
        (KeyError("share"), "KeyError", "VERDIGRAPH_DEBUG"),
        (StoreError("没有数据", "no data"), "没有数据", "no data"),
    ],
    ids=["disk", "pipe", "rights", "other", "bare", "memory", "damage", "bug", "ours"],
)
def test_errors_are_worded(error, zh, en):
    first, second = worded(error).sentence("zh").splitlines()
    assert zh in first
    assert en in second
    assert worded(error).sentence("en").splitlines() == [second, first]


@pytest.mark.parametrize("number", sorted(OS_WORDS), ids=lambda number: errno.errorcode[number])
def test_every_fault_of_the_system_has_a_cure(number):
    zh, en = OS_WORDS[number]
    assert zh != os.strerror(number)
    assert len(en.split()) > 3
