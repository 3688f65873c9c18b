"""What goes wrong on the command line, in one clear sentence of each language: what, where, and the cure."""

from __future__ import annotations

import errno
import re

from graph_model.errors import DamagedStoreError, UsageError, VerdigraphError

QUOTED = re.compile(r"(?:command '|argument\(s\) \(|argument \()(.+?)['\)]")
"""The word that the parser could not place."""

OS_WORDS: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("没有这个文件或目录，请检查路径", "no such file or directory: check the path"),
    errno.EACCES: (
        "没有读写权限，请换一个位置或改权限",
        "permission denied: choose another place or change the rights",
    ),
    errno.EPERM: ("系统不允许这样做，请换一个位置", "the system does not allow this: choose another place"),
    errno.EROFS: ("这个位置只能读，请换一个位置", "the place is read-only: choose another one"),
    errno.ENOSPC: ("磁盘已满，请腾出空间后重试", "the disk is full: make room and try again"),
    errno.EISDIR: ("这是目录，需要的是文件名", "this is a directory: give a file name"),
    errno.ENOTDIR: ("路径中有一段是文件，不是目录", "a part of the path is a file, not a directory"),
    errno.EEXIST: ("已有同名文件，请换一个名字", "a file of this name exists: choose another name"),
    errno.ENAMETOOLONG: ("文件名太长，请改短", "the name is too long: shorten it"),
}


def worded(error: Exception) -> VerdigraphError:
    """Return `error` as one that speaks both languages."""
    if isinstance(error, VerdigraphError):
        return error
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, MemoryError):
        return VerdigraphError(
            "内存不够，请缩小范围或换一台机器", "not enough memory: ask for less or use a larger machine"
        )
    if type(error).__module__.startswith("pyarrow"):
        return DamagedStoreError(_first_line(error))
    if hasattr(error, "format_message"):
        return _of_the_parser(error, str(error.format_message()))
    what = f"{type(error).__name__}: {_first_line(error)}"
    return VerdigraphError(
        f"程序内部出错（{what}）。设置 VERDIGRAPH_DEBUG=1 再运行一次，把全部输出交给维护者",
        f"internal error ({what}): run again with VERDIGRAPH_DEBUG=1 and send the output to the maintainers",
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")


def _of_the_system(error: OSError) -> VerdigraphError:
    where = str(error.filename) if error.filename is not None else "标准输出 / standard output"
    plain = error.strerror or str(error)
    zh, en = OS_WORDS.get(error.errno or 0, (f"读写失败（{plain}）", f"reading or writing failed ({plain})"))
    return VerdigraphError(f"{where}：{zh}", f"{where}: {en}")


def _of_the_parser(error: Exception, plain: str) -> UsageError:
    """Word what typer's parser found. Its classes live in click or in typer, so they go by name."""
    name = _parameter(error)
    words = {
        "NoSuchOption": f"没有选项 {name}",
        "BadOptionUsage": f"选项 {name} 后面要写一个值",
        "MissingParameter": f"缺少 {name}",
        "BadParameter": f"{name} 的值不对",
    }
    quoted = QUOTED.search(plain)
    what = f"用法不对（{plain}）"
    if quoted:
        what = f"没有命令“{quoted[1]}”" if "command" in plain else f"多了一个词“{quoted[1]}”"
    zh = words.get(type(error).__name__, what)
    return UsageError(f"{zh}，可加 --help 查看用法", f"{plain.rstrip('.')}; add --help to see the usage")


def _parameter(error: Exception) -> str:
    """Return the option or argument that an error is about, as it is typed."""
    parameter = getattr(error, "param", None)
    options = [option for option in getattr(parameter, "opts", ()) if option.startswith("-")]
    argument = getattr(parameter, "metavar", None) or getattr(parameter, "name", None)
    return "/".join(options) or str(getattr(error, "option_name", None) or argument or "")
