#!/usr/bin/env bash
# Draws every view of the workbench, dark and light, into this folder, each from a real run of a sample. Needs
# target/partflow; "mvn -Ppictures verify -DskipTests" makes it and then runs this.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
program=$here/../../target/partflow/bin/partflow

draw() { # VIEW THEME SIZE FILE
  "$program" picture "$1" --theme "$2" --size "$3" --out "$here/$4"
  echo "drew $4"
}
for theme in dark light; do
  for view in build observe branches entries trace tune why bulk empty problems; do
    draw $view $theme 1440x900 $view-$theme.png
  done
  draw build $theme 1280x720 build-$theme-1280x720.png
done
