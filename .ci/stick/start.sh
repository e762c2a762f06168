#!/bin/sh
# Install the workbook from this folder, without a network, and start it. Linux and macOS.
# WORKBOOK_HOME says where, PYTHON which Python; the stick itself is only read.
set -u
here=$(cd "$(dirname "$0")" && pwd)
home=${WORKBOOK_HOME:-$HOME/milestone-workbook}
export WORKBOOK_HOME="$home"
venv="$home/.venv"
tried=""

note() {
    tried="$tried
  $1"
}

# a newer stick may bring the same version number: the workbook itself is always installed again
install() {
    set -- "$venv/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
        --no-index --find-links "$here/wheels" "$@"
    "$@" --upgrade "milestone-workbook[lab,reports]" && "$@" --no-deps --force-reinstall milestone-workbook
}

# Whether the Python named can be used; why not is noted.
install_with() {
    found=$(command -v "$1") || return 1
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    case $version in
        3.11 | 3.12 | 3.13) ;;
        *) note "$found: Python $version"; return 1 ;;
    esac
    if ! "$found" -c 'import venv, ensurepip' 2>/dev/null; then
        note "$found: no venv (Debian, Ubuntu: apt-get install python$version-venv)"
        return 1
    fi
    "$found" -m venv --clear "$venv" && install && return
    note "$found: Python $version, but no wheel on this stick fits it"
    return 1
}

# an environment that was not finished, or whose Python is gone, is made again
usable() {
    "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null && install
}

if ! usable; then
    ready=""
    for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python \
        /opt/homebrew/bin/python3 /usr/local/bin/python3 \
        /Library/Frameworks/Python.framework/Versions/3.1[123]/bin/python3 \
        "$HOME"/.pyenv/versions/3.1[123].*/bin/python}; do
        install_with "$python" && ready=yes && break
    done
    if [ -z "$ready" ]; then
        echo "No Python here can run this stick. It needs Python 3.11, 3.12 or 3.13 with venv. Found:" >&2
        echo "这台电脑上没有能用的 Python：需要带 venv 的 Python 3.11、3.12 或 3.13。找到的有：" >&2
        echo "${tried:-
  -}" | sed 1d >&2
        case $tried in
            *"no wheel"*)
                echo "This stick was made for another system. Where it was made: make bundle SYSTEMS=\"linux windows macos\"." >&2
                echo "这个 U 盘是给别的系统做的。请在做 U 盘的电脑上运行：make bundle SYSTEMS=\"linux windows macos\"。" >&2 ;;
        esac
        exit 1
    fi
fi
# doctor prints each fault with its fix; Lab starts all the same
"$venv/bin/workbook" doctor || [ "${1:-}" != "--install-only" ] || exit 1
[ "${1:-}" = "--install-only" ] || exec "$venv/bin/workbook" lab "$@"
