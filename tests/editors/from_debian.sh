#!/usr/bin/env bash
# Unpacks packages of a Debian release, with what they need, under a folder; nothing is installed, and nobody need be root.
#   from_debian.sh FOLDER SUITE PACKAGE…
# `FOLDER/run PROGRAM …` then runs a program of `FOLDER/root` with the libraries that came with it.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
suite=$2
shift 2
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keys" ] && command -v apt-get >/dev/null || { echo "no apt-get with Debian's keys is here" >&2; exit 1; }

mkdir -p "$folder"/apt/{lists/partial,cache/archives/partial} "$folder/root"
: >"$folder/apt/status"
# This machine's own mirror, where it has one.
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' ' || true)
echo "deb [signed-by=$keys] ${mirror:-http://deb.debian.org/debian} $suite main" >"$folder/apt/sources.list"
options=(-qq -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/apt/lists"
  -o "Dir::State::status=$folder/apt/status" -o "Dir::Cache=$folder/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
apt-get "${options[@]}" install --yes --no-install-recommends --download-only "$@" >/dev/null
for package in "$folder"/apt/cache/archives/*.deb; do
  dpkg -x "$package" "$folder/root"
done
# What compiles, and what is read by people, is not run.
rm -rf "$folder/apt" "$folder"/root/usr/lib/gcc "$folder"/root/usr/libexec/gcc "$folder"/root/usr/share/{doc,info,man,locale}

cat >"$folder/run" <<END
#!/bin/sh
root="$folder/root"
for loader in "\$root"/lib/*-linux-gnu*/ld-linux*.so.* "\$root"/usr/lib/*-linux-gnu*/ld-linux*.so.*; do
  [ -e "\$loader" ] && break
done
machine=\${loader%/*}
machine=\${machine##*/}
exec "\$loader" --library-path "\$root/lib/\$machine:\$root/usr/lib/\$machine" "\$@"
END
chmod +x "$folder/run"
