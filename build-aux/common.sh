# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by ./run and ./test: packages and builds. Sourced with the project as working directory.

packages() { sed -n "s/^$1: //p" build-aux/packages; }

missing() {
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

# install PACKAGE...: what is missing, as root or with sudo, asking nothing.
install() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian system: install by hand what build-aux/packages lists." >&2
    return 0
  fi
  wanted=$(missing "$@")
  [ -n "$wanted" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    as=
  elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as=sudo
  else
    echo "Packages are missing. As root: apt-get install --no-install-recommends $wanted" >&2
    exit 1
  fi
  echo "Installing: $wanted"
  apt="$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0"
  # shellcheck disable=SC2086
  $apt install -y --no-install-recommends $wanted >/dev/null 2>&1 ||
    { $apt update && $apt install -y --no-install-recommends $wanted >/dev/null; }
}

# build FOLDER [MESON OPTION...]
build() {
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$@" >/dev/null || { tail -n 30 "$folder/meson-logs/meson-log.txt"; exit 1; }
  fi
  ninja -C "$folder" >"$folder/ninja.log" 2>&1 || { grep -v '^\[' "$folder/ninja.log" | head -n 60; exit 1; }
}
