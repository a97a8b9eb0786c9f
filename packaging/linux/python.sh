#!/bin/sh
# Runs inside the Debian 11 root: CPython and SQLite from Debian's source packages, into /opt/python.
# The versions are Debian 12's latest with its security fixes; which ones they were is left in /opt/python/SOURCES.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
MIRROR=${MIRROR:?} SECURITY=${SECURITY:?}
PREFIX=/opt/python
GIVEN=$(dirname "$0")

cat > /etc/apt/sources.list <<LIST
deb $MIRROR bullseye main
deb $SECURITY bullseye-security main
deb-src $MIRROR bookworm main
deb-src $SECURITY bookworm-security main
LIST
apt-get update -qq
# The libraries after patchelf go into the package: older systems lack them, and Qt's window needs them.
apt-get install -y -qq --no-install-recommends \
    gcc libc6-dev make pkg-config dpkg-dev file tcl xz-utils zlib1g-dev libffi-dev patchelf \
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-util1 \
    libxcb-xkb1 libxkbcommon0 libxkbcommon-x11-0

rm -rf /build "$PREFIX"
mkdir -p /build "$PREFIX"
cd /build
# The newest that the mirror really has: an index may name a version before the mirror holds its files.
fetch() {
    for version in $(apt-cache showsrc "$1" | sed -n 's/^Version: //p' | sort -rVu); do
        if apt-get source -qq "$1=$version"; then return 0; fi
        echo "$1 $version could not be fetched" >&2
    done
    return 1
}
fetch python3.11
fetch sqlite3
for source in *.dsc; do sed -n 's/^\(Source\|Version\): //p' "$source" | paste -sd ' '; done > "$PREFIX/SOURCES"

# SQLite goes into the module: its version is ours then, not that of the system (Debian 11 has 3.34).
cd /build/sqlite3-*/
./configure --quiet --disable-tcl --disable-readline > /build/sqlite.log 2>&1
make -s sqlite3.c >> /build/sqlite.log 2>&1
mkdir /build/sqlite
cp sqlite3.h /build/sqlite/
gcc -O2 -fPIC -DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION \
    -c sqlite3.c -o /build/sqlite/sqlite3.o
ar rcs /build/sqlite/libsqlite3.a /build/sqlite/sqlite3.o

# No OpenSSL, bzip2, lzma, readline, curses, Tk: the program uses none of them, and never goes to the network.
cd /build/python3.11-*/
cp "$GIVEN/glibc228.h" /build/glibc228.h
ac_cv_func_sem_clockwait=no \
LIBSQLITE3_CFLAGS="-I/build/sqlite" LIBSQLITE3_LIBS="-L/build/sqlite -lsqlite3 -lm -ldl -lpthread" \
CFLAGS="-include /build/glibc228.h -g0" \
    ./configure --quiet --prefix="$PREFIX" --without-ensurepip --disable-test-modules --without-readline > /build/configure.log 2>&1
# Debian builds pyexpat into the interpreter; as a module its patched source must be told that it may see the core.
sed -i 's/^MODULE_PYEXPAT_CFLAGS=.*/& -DPy_BUILD_CORE_MODULE/' Makefile
make -s -j2 > /build/make.log 2>&1
# Not "install", which compiles every module three times; the build compiles what it takes along.
make -s altbininstall inclinstall libainstall sharedinstall > /build/install.log 2>&1
cp -r Lib/. "$(cat pybuilddir.txt)"/_sysconfigdata_*.py "$PREFIX/lib/python3.11/"
"$PREFIX/bin/python3.11" -c "import ctypes, decimal, sqlite3, sysconfig, xml.etree.ElementTree, zlib; sysconfig.get_config_vars(); print(sqlite3.sqlite_version)"
