"""`python -m workbook` is `workbook`."""

import sys


def main() -> int:
    """Run the command line; Ctrl-C while Python still reads it ends without a traceback, too."""
    try:
        from workbook import cli
    except KeyboardInterrupt:
        return 130
    return cli.main()


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder, which may contain a file like `random.py`
    sys.exit(main())
