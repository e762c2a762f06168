"""`python -m workbook` is `workbook`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder, which may contain a file like `random.py`
    from workbook.cli import main

    sys.exit(main())
