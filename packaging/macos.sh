#!/usr/bin/env bash
# Makes target/package/Partflow Workbench.app and a .dmg of it. Written from the manuals, not yet tried on a Mac.
set -euo pipefail
. "$(dirname "$0")/common.sh"

mkdir -p "$out"
link_runtime "$out/runtime" .dylib
stage_input "$out/input"
# no training of an ahead-of-time cache here: the option that names it then has no effect
make_app_image "$out/runtime" "$out/input" "$root/assets/icons/partflow.icns" "Partflow Workbench" \
  --mac-package-identifier io.partflow
rm -rf "$out/runtime" "$out/input"
prove "$out/Partflow Workbench.app/Contents/MacOS/Partflow Workbench"
"$jdk/bin/jpackage" --type dmg --app-image "$out/Partflow Workbench.app" --name "Partflow Workbench" \
  --app-version "$version" --dest "$out"
