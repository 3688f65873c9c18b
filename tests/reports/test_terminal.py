"""Progress shows late and only on a terminal."""

import io
import sys
import time

import pytest

from reports import terminal
from reports.terminal import Working, say


class Screen(io.StringIO):
    """Standard error on a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(terminal, "PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")


def work(working, seconds=0.3):
    working("读取文件", 1, 4)
    time.sleep(seconds)
    working("写入快照", 3, 4)


def test_no_terminal_no_bar(impatient, monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with Working("正在读取") as working:
        work(working)
    assert pipe.getvalue() == ""


def test_long_work_on_a_terminal_shows_its_stage(impatient, monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with Working("正在读取") as working:
        work(working)
    assert "读取文件" in screen.getvalue()


def test_short_work_shows_nothing(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with Working("正在读取") as working:
        work(working, 0)
    assert screen.getvalue() == ""


def test_a_fault_ends_the_bar(impatient, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Screen())
    working = Working("正在读取")

    def fail():
        with working:
            work(working, 0.05)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert working._timer.finished.is_set()


def test_say_writes_lines_to_standard_error(capsys):
    say("一", "two")
    assert capsys.readouterr().err == "一\ntwo\n"
