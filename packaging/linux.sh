#!/usr/bin/env bash
# Makes target/package/partflow, an application with its own Java, and a .deb of it where dpkg-deb exists.
set -euo pipefail
. "$(dirname "$0")/common.sh"

# Puts a script in place of jpackage's own program, which at every start asks rpm and dpkg whose it is (a tenth of a
# second), and has Java read names of files by a locale that may not know their letters.
make_starter() {
  local image=$1
  . "$here/image.sh"
  read_image
  local option
  for option in "${java_options[@]}"; do
    case $option in *"$app"*) ;; *) printf '"%s"\n' "$option" ;; esac
  done > "$app/partflow.args"
  rm -f "$image/bin/partflow" "$image/lib/libapplauncher.so"
  {
    cat << 'SCRIPT'
#!/bin/sh
# Starts Partflow Workbench with the Java it brings.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  '' | C | POSIX) unset LC_ALL; LC_CTYPE=C.UTF-8; export LC_CTYPE ;;
esac
self=$(readlink -f "$0")
home=${self%/bin/*}
app=$home/lib/app
SCRIPT
    printf 'exec "$home/lib/runtime/bin/java" "@$app/partflow.args"'
    for option in "${java_options[@]}"; do
      case $option in *"$app"*) printf ' "%s"' "${option//"$app"/\$app}" ;; esac
    done
    printf ' \\\n  -cp "%s" io.partflow.app.Launcher "$@"\n' "${class_path//"$app"/\$app}"
  } > "$image/bin/partflow"
  chmod 755 "$image/bin/partflow"
}

mkdir -p "$out"
link_runtime "$out/runtime" .so
stage_input "$out/input"
make_app_image "$out/runtime" "$out/input" "$root/assets/icons/png/partflow-512.png" partflow
make_starter "$out/partflow"
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
  ln -s /opt/partflow/bin/partflow "$out/deb/usr/bin/partflow"
  ln -s /opt/partflow/lib/app/completion/partflow "$out/deb/usr/share/bash-completion/completions/partflow"
  dpkg-deb --root-owner-group --build "$out/deb" "$deb" > /dev/null
  rm -rf "$out/deb"
  du -sh "$out"/partflow_*.deb | awk '{print ".deb: " $1 " in " $2}'
else
  echo "No dpkg-deb here: no .deb made."
fi
