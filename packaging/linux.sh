#!/usr/bin/env bash
# Makes target/package/partflow, an application with its own Java, and a .deb of it where dpkg-deb exists.
set -euo pipefail
. "$(dirname "$0")/common.sh"

mkdir -p "$out"
link_runtime "$out/runtime" .so
stage_input "$out/input"
make_app_image "$out/runtime" "$out/input" "$root/assets/icons/png/partflow-512.png" partflow
"$here/train.sh" "$out/partflow"
rm -rf "$out/runtime" "$out/input"
prove "$out/partflow/bin/partflow"
du -sh "$out/partflow" | awk '{print "app-image: " $1 " in " $2}'

if command -v dpkg-deb > /dev/null; then
  # jpackage sees no dependency of a library that JavaFX loads by name
  rm -rf "$out"/partflow_*.deb "$out/deb"
  "$jdk/bin/jpackage" --type deb --app-image "$out/partflow" --name partflow --app-version "$version" --dest "$out" \
    --vendor "Partflow" --description "A workbench for streaming AI pipelines and their caches" \
    --linux-package-name partflow --linux-app-category devel --linux-shortcut --linux-menu-group "Development" \
    --linux-deb-maintainer "partflow@example.org" --license-file "$root/LICENSE" \
    --linux-package-deps "libgtk-3-0, libgl1, libxxf86vm1, libxtst6"
  # nor does it put the command on the PATH, or its completion where the shells look
  deb=$(ls "$out"/partflow_*.deb)
  dpkg-deb --raw-extract "$deb" "$out/deb"
  mkdir -p "$out/deb/usr/bin" "$out/deb/usr/share/bash-completion/completions"
  # Java reads names of files by the locale; where none is set, it would not find one with a letter beyond ASCII.
  cat > "$out/deb/usr/bin/partflow" << 'SCRIPT'
#!/bin/sh
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in '' | C | POSIX) unset LC_ALL; export LC_CTYPE=C.UTF-8 ;; esac
exec /opt/partflow/bin/partflow "$@"
SCRIPT
  chmod 755 "$out/deb/usr/bin/partflow"
  ln -s /opt/partflow/lib/app/completion/partflow "$out/deb/usr/share/bash-completion/completions/partflow"
  dpkg-deb --root-owner-group --build "$out/deb" "$deb" > /dev/null
  rm -rf "$out/deb"
  du -sh "$out"/partflow_*.deb | awk '{print ".deb: " $1 " in " $2}'
else
  echo "No dpkg-deb here: no .deb made."
fi
