#!/usr/bin/env bash
# Helix, Kakoune and Vim under target/, once: Debian's, unpacked aside; kak-lsp, which Debian has not, from crates.io.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=$PWD/target/tools

# wrapper FILE PROGRAM: runs a program of the folder; what comes before it is read from standard input.
wrapper() {
  { echo '#!/bin/sh'; cat; echo "exec \"${1%/*}/run\" \"${1%/*}/root/usr/$2\" \"\$@\""; } >"$1"
  chmod +x "$1"
  "$1" "${3---version}" >/dev/null
}

if ! [ -x "$tools/helix/hx" ]; then
  rm -rf "$tools/helix"
  tests/editors/from_debian.sh "$tools/helix" trixie hx
  wrapper "$tools/helix/hx" lib/hx/hx <<<"export HELIX_RUNTIME='$tools/helix/root/usr/lib/hx/runtime'"
fi

if ! [ -x "$tools/vim/vim" ]; then
  rm -rf "$tools/vim"
  tests/editors/from_debian.sh "$tools/vim" bookworm vim vim-ale
  wrapper "$tools/vim/vim" bin/vim.basic <<<"export VIMRUNTIME='$tools/vim/root/usr/share/vim/vim90'"
fi

if ! [ -x "$tools/kakoune/kak" ]; then
  rm -rf "$tools/kakoune"
  tests/editors/from_debian.sh "$tools/kakoune" trixie kakoune
  wrapper "$tools/kakoune/kak" bin/kak -version <<<"export KAKOUNE_RUNTIME='$tools/kakoune/root/usr/share/kak'"
fi

if ! [ -x "$tools/kak-lsp/bin/kak-lsp" ]; then
  # Built to be tested with, not to be fast: a third of the time.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install --quiet --locked --root "$tools/kak-lsp" --target-dir "$tools/kak-lsp/build" kak-lsp@22.0.0
  rm -rf "$tools/kak-lsp/build"
fi
"$tools/kak-lsp/bin/kak-lsp" --version >/dev/null
