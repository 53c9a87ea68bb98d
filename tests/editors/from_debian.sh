#!/usr/bin/env bash
# Unpacks packages of a Debian release, with what they need, under a folder; nothing is installed.
#   from_debian.sh FOLDER SUITE PACKAGE…
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
suite=$2
shift 2
mkdir -p "$folder"/apt/{lists/partial,cache/archives/partial} "$folder/root"
: >"$folder/apt/status"
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' ' || true)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $suite main" >"$folder/apt/sources.list"
options=(-qq -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/apt/lists"
  -o "Dir::State::status=$folder/apt/status" -o "Dir::Cache=$folder/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
apt-get "${options[@]}" install --yes --no-install-recommends --download-only "$@" >/dev/null
for package in "$folder"/apt/cache/archives/*.deb; do
  dpkg -x "$package" "$folder/root"
done
rm -rf "$folder/apt"
