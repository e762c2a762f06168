#!/bin/sh
# Install the workbook from this folder, without a network, and start it. Linux and macOS.
# WORKBOOK_HOME says where; the stick itself is only read.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${WORKBOOK_HOME:-$HOME/milestone-workbook}
export WORKBOOK_HOME="$home"
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue
    # one that was begun and not finished, or whose Python is gone, is made anew
    "$home/.venv/bin/python" -c 'import sys, pip; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null \
        || "$python" -m venv --clear "$home/.venv"
    break
done
if [ ! -x "$home/.venv/bin/python" ]; then
    echo "Python 3.11, 3.12 or 3.13 is needed and none was found. 需要 Python 3.11、3.12 或 3.13，这台电脑上没找到。" >&2
    exit 1
fi
install() {
    "$home/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
        --find-links "$here/wheels" "$@" milestone-workbook
}
# a newer stick may bring the same version number: the workbook itself is always put in anew
if ! { install --upgrade && install --no-deps --force-reinstall; }; then
    echo "This stick was perhaps made for another system or Python: make bundle SYSTEMS=\"linux windows macos\"." >&2
    echo "这个 U 盘可能是给别的系统或别的 Python 做的：make bundle SYSTEMS=\"linux windows macos\"。" >&2
    exit 1
fi
# a fault is told with what mends it; whoever wants to start all the same may
"$home/.venv/bin/workbook" doctor || [ "${1:-}" != "--install-only" ]
[ "${1:-}" = "--install-only" ] || exec "$home/.venv/bin/workbook" lab "$@"
