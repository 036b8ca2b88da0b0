#!/usr/bin/env bash
# Gives an app-image its ahead-of-time cache: starts the workbench once without a display, watches five seconds of
# its sample, ends it, and keeps what the JVM learnt in lib/app/partflow.aot.
set -euo pipefail
image=${1:?usage: train.sh APP_IMAGE}
image=$(cd "$image" && pwd -P)
. "$(dirname "$0")/image.sh"
read_image

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"

options=()
for option in "${java_options[@]}"; do
  case $option in -XX:AOTCache=* | -Xlog:*) ;; *) options+=("$option") ;; esac
done
rm -f "$app/partflow.aot"
PARTFLOW_HOME=$work/home "$java" "${options[@]}" "${headless_options[@]}" -XX:AOTCacheOutput="$app/partflow.aot" -Xlog:aot=off,cds=off \
  -Dpartflow.startup.trace=5 -Duser.home="$work/home" \
  -cp "$class_path" io.partflow.app.Launcher > "$work/out" 2>&1 &
pid=$!
if ! await_line "$work/out" frame-gaps 300 $pid; then
  kill $pid 2> /dev/null || true
  cat "$work/out" >&2
  echo "The workbench did not draw in the headless platform: no ahead-of-time cache made." >&2
  exit 1
fi
kill -TERM $pid
wait $pid || true
if [ ! -s "$app/partflow.aot" ]; then
  cat "$work/out" >&2
  echo "The JVM wrote no ahead-of-time cache." >&2
  exit 1
fi
du -sh "$app/partflow.aot" | awk '{print "ahead-of-time cache: " $1}'
