#!/usr/bin/env bash
# Unpacks the Emacs of Debian 12 and of Debian 13 under target/, once: 28 and 30, with Eglot and lsp-mode of their time.
set -euo pipefail
cd "$(dirname "$0")/../.."

# emacs FOLDER SUITE PACKAGE…
emacs() {
  local folder=$PWD/$1 lisp packages
  shift
  [ -x "$folder/emacs" ] && "$folder/emacs" --version >/dev/null && return
  rm -rf "$folder"
  tests/editors/from_debian.sh "$folder" "$@"
  lisp=$(echo "$folder"/root/usr/share/emacs/[0-9]*/lisp)
  packages=$(echo "$folder"/root/usr/share/emacs/site-lisp/elpa-src/* | tr ' ' ':')
  cat >"$folder/emacs" <<END
#!/bin/sh
export EMACSLOADPATH="$packages:$lisp:" EMACSDATA="${lisp%/lisp}/etc" EMACSDOC="${lisp%/lisp}/etc"
exec "$folder/run" "$folder/root/usr/bin/emacs-nox" --dump-file="$(find "$folder/root" -name 'emacs*.pdmp' | head -n 1)" --no-site-file "\$@"
END
  chmod +x "$folder/emacs"
  "$folder/emacs" --version >/dev/null
}

emacs target/tools/emacs-28 bookworm emacs-nox emacs-el elpa-eglot elpa-lsp-mode elpa-markdown-mode
emacs target/tools/emacs-30 trixie emacs-nox elpa-lsp-mode elpa-markdown-mode
